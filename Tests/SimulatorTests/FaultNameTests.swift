import Testing

@testable import Simulator

/// Faults as they are written, and how they are decided.
@Suite struct FaultNameTests {
  @Test("a fault is a name, a rate and a part of paths")
  func parsing() throws {
    #expect(try SimulatorFault(parsing: "cut") == SimulatorFault(.cutBody, rate: 1))
    #expect(try SimulatorFault(parsing: "mixed") == SimulatorFault(.mixed, rate: 0.2))
    #expect(try SimulatorFault(parsing: "429-date=0.25") == SimulatorFault(.tooManyRequestsDate, rate: 0.25))
    #expect(try SimulatorFault(parsing: "500@/pods") == SimulatorFault(.serverError, on: "/pods"))
    #expect(try SimulatorFault(parsing: "404=0@/a@b=c") == SimulatorFault(.notFound, rate: 0, on: "/a@b=c"))
  }

  @Test(
    "what is no fault is named, with what would be one",
    arguments: [
      ("cut=2", "the fault cut has the rate \"2\"; give a share from 0 to 1, such as cut=0.2"),
      ("cut=", "the fault cut has the rate \"\"; give a share from 0 to 1, such as cut=0.2"),
      ("cut=nan", "the fault cut has the rate \"nan\"; give a share from 0 to 1, such as cut=0.2"),
      ("500@", "the fault 500 has nothing after @; give a part of the paths that it hits, such as 500@/runs"),
    ])
  func mistakes(text: String, message: String) {
    let error = #expect(throws: SimulatorFaultError.self) { try SimulatorFault(parsing: text) }
    #expect(error?.description == message)
  }

  @Test("an unknown name is answered with all names")
  func unknown() {
    let error = #expect(throws: SimulatorFaultError.self) { try SimulatorFault(parsing: "gremlin=0.1") }
    let text = error?.description ?? ""
    #expect(text.hasPrefix("the simulator has no fault \"gremlin\"; choose from: 429, 429-seconds, 429-date, 500,"))
    for name in SimulatorFault.Name.allCases { #expect(text.contains(name.rawValue)) }
  }

  @Test("each fault is explained in one short line of its own")
  func explanations() {
    let lines = SimulatorFault.Name.allCases.map(\.explanation)
    #expect(Set(lines).count == lines.count)
    #expect(lines.allSatisfy { (5...58).contains($0.count) && !$0.contains("\n") })
  }

  @Test("a rate holds, the same requests are hit each time, and a retry has another chance")
  func decisions() {
    func hits(_ seed: UInt64) -> [Bool] {
      let door = FaultDoor(seed: seed, faults: [SimulatorFault(.serverError, rate: 0.3)])
      return (0..<2000).map { !door.decide("GET /\($0 % 100)", path: "/").answers.isEmpty }
    }
    let first = hits(1)
    #expect(hits(1) == first)
    #expect(hits(2) != first)
    #expect((500...700).contains(first.count { $0 }))
    #expect((0..<100).allSatisfy { key in stride(from: key, to: 2000, by: 100).contains { !first[$0] } })
  }

  @Test("gzip holds what was put in, also more than one block of it")
  func gzip() {
    #expect(
      Gzip.stored(Array("hello".utf8))
        == [
          0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 1, 5, 0, 0xFA, 0xFF, 0x68, 0x65, 0x6C, 0x6C, 0x6F, 0x86, 0xA6, 0x10,
          0x36, 5, 0, 0, 0,
        ])
    let long = Gzip.stored(Array(repeating: 7, count: 65_536))
    #expect(long.count == 10 + 5 + 65_535 + 5 + 1 + 8)
    #expect(
      long[10..<15] == [0, 0xFF, 0xFF, 0, 0] && long[(10 + 5 + 65_535)...].prefix(6) == [1, 1, 0, 0xFE, 0xFF, 7])
  }
}
