import Foundation
import Runs
import Testing

@testable import Harvest

@Suite struct NodionDecodingTests {
  private func runners(_ elements: String...) async throws -> RunnerList {
    let body = "{\"runners\":[\(elements.joined(separator: ","))]}"
    return try await NodionSource(door: .memory(["/runners": body])).fetchRunners()
  }

  private func runs(_ elements: String...) async throws -> (runs: [RunRecord], reading: ResourceReading) {
    let body = "{\"runs\":[\(elements.joined(separator: ","))]}"
    let source = NodionSource(door: .memory(["/runners/r1/runs": body]))
    let (batches, reading) = try await collectRuns(source, of: "r1")
    return (batches.flatMap(\.self), reading)
  }

  private func makeRunner(id: String = "r1", type: String = "t1", price: String) -> String {
    #"{"id":"\#(id)","name":"Backup","instance_type":{"id":"\#(type)","name":"S","price_second":\#(price)}}"#
  }

  @Test(
    "a price is read as number, text or with an exponent",
    arguments: [
      ("0.0000019", "0.0000019"), (#""0.000001522070015""#, "0.000001522070015"), ("1.9e-06", "0.0000019"),
      (#""1.9E-6""#, "0.0000019"), ("0", "0"), ("5.0", "5"), ("0.000000000000000001", "0.000000000000000001"),
    ])
  func prices(json: String, expected: String) async throws {
    let list = try await runners(makeRunner(price: json))
    #expect(list.runners[0].instanceType?.pricePerSecond?.description == expected)
    #expect(list.reading == ResourceReading(resource: .runners, requests: 1, rows: 1, isComplete: true))
  }

  @Test("no price is nil and no complaint", arguments: ["null", #""""#])
  func missingPrices(json: String) async throws {
    let list = try await runners(makeRunner(price: json))
    #expect(list.runners[0].instanceType == InstanceTypeRecord(id: "t1", name: "S"))
    #expect(list.reading.isComplete && list.reading.note == nil)
  }

  @Test(
    "a price that cannot be kept costs the price, not the runner",
    arguments: [
      ("0.0000000000000000019", "0.0000000000000000019 has more than 18 decimals"),
      (#""cheap""#, #""cheap" is not a decimal number"#), ("-1", "-1 is below zero"),
    ])
  func unusablePrices(json: String, reason: String) async throws {
    let list = try await runners(makeRunner(price: json), makeRunner(id: "r2", type: "t2", price: "1"))
    #expect(list.runners.map { $0.instanceType?.pricePerSecond } == [nil, try Price("1")])
    #expect(list.error == nil)
    #expect(
      list.reading
        == ResourceReading(
          resource: .runners, requests: 1, rows: 2, isComplete: false,
          note: "runner Backup has no usable price: the price \(reason)"))
  }

  @Test("of two prices for one instance type the first is kept and the other noted")
  func twoPrices() async throws {
    let list = try await runners(
      makeRunner(price: "0.1"), makeRunner(id: "r2", price: #""0.10""#), makeRunner(id: "r3", price: "0.2"))
    #expect(list.runners.map { $0.instanceType?.pricePerSecond?.description } == ["0.1", "0.1", "0.1"])
    #expect(
      list.reading
        == ResourceReading(
          resource: .runners, requests: 1, rows: 3, isComplete: true,
          note: "instance type S has two prices, 0.1 and 0.2; the first is kept"))
  }

  @Test("hazard 6 and 15: sizes and the monthly price are kept as they were sent")
  func asSent() async throws {
    let type = #"{"id":9007199254740993,"cpu":0.125,"mem":"0.50","price_month":16.0,"category":{"a":[1]}}"#
    let list = try await runners(#"{"id":18446744073709551617,"instance_type":\#(type),"region":{"slug":"fra"}}"#)
    let expected = RunnerRecord(
      id: "18446744073709551617", name: "18446744073709551617", region: RegionRecord(id: "fra", slug: "fra"),
      instanceType: InstanceTypeRecord(
        id: "9007199254740993", name: "9007199254740993", cpu: "0.125", memory: "0.50", pricePerMonth: "16.0"))
    #expect(list.runners == [expected])
  }

  @Test("commands and environments are nowhere in what is decoded")
  func noCommands() async throws {
    let hidden = #""run_command":"do-not-keep","entrypoint":"do-not-keep","argv":["do-not-keep"]"#
    let list = try await runners(#"{"id":"r1","env_variables":[{"env_val":"do-not-keep"}],\#(hidden)}"#)
    let (runs, reading) = try await runs(#"{"id":"1","status":"pending","command":"do-not-keep",\#(hidden)}"#)
    #expect(list.runners == [RunnerRecord(id: "r1", name: "r1")])
    #expect(!"\(list) \(runs) \(reading)".contains("do-not-keep"))
  }

  @Test("hazard 35: ids beyond 2 to the 53rd stay exact")
  func largeIDs() async throws {
    let (runs, _) = try await runs(#"{"id":9007199254740993,"status":"running","exit_code":-9007199254740993}"#)
    #expect(runs == [RunRecord(id: "9007199254740993", status: "running", exitCode: -9_007_199_254_740_993)])
  }

  @Test("hazard 4: absent, null and empty are all nil, and an unknown status is kept")
  func missingFields() async throws {
    let (runs, reading) = try await runs(
      #"{"id":"1","status":"hibernating"}"#,
      #"{"id":"2","status":"failed","exit_code":null,"started_at":null,"completed_at":""}"#,
      #"{"id":"\u0033","status":null,"exit_code":"137","warmed_at":[{"x":"}"}]}"#, #"{"id":"4","exit_code":2.0}"#)
    #expect(
      runs == [
        RunRecord(id: "1", status: "hibernating"), RunRecord(id: "2", status: "failed"),
        RunRecord(id: "3", status: "", exitCode: 137), RunRecord(id: "4", status: "", exitCode: 2),
      ])
    #expect(reading.isComplete)
  }

  @Test("a bad element is counted with its reason, a bad field costs itself, and their neighbours are none the worse")
  func badElements() async throws {
    let (runs, reading) = try await runs(
      #"{"id":"1","status":"succeeded"}"#,
      #"{"id":"2","status":"failed","started_at":"2026-02-30T10:00:00Z"}"#, #"{"status":"failed"}"#, "17",
      #"{"id":"5","exit_code":{}}"#, #"{"id":"6","exit_code":1.5}"#, #"{"id":"7" "status":1}"#,
      #"{"id":"8","status":"succeeded"}"#)
    #expect(runs.map(\.id) == ["1", "2", "5", "6", "8"])
    #expect(
      reading
        == ResourceReading(
          resource: .runs(runner: "r1"), requests: 1, rows: 5, refused: 3, isComplete: false,
          note:
            "3 of 8 runs could not be understood: run 3: has no id; run 4: is not an object; run 7: is broken JSON; "
            + #"run 2: started_at "2026-02-30T10:00:00Z" is not a date and time; "#
            + "run 5: exit_code is neither a text nor a number (and of 1 more)"))
  }

  @Test(
    "the note says what is wrong with a field",
    arguments: [
      (#"{"id":true}"#, "id is neither a text nor a number"), (#"{"id":"a\ud800"}"#, "id is not valid text"),
      (#"{"id":"1",}"#, "is broken JSON"),
    ])
  func reasons(element: String, reason: String) async throws {
    let (runs, reading) = try await runs(element)
    #expect(runs.isEmpty)
    #expect(reading.note == "1 of 1 runs could not be understood: run 1: \(reason)")
  }

  @Test(
    "the note says what is wrong with a field of a run that is kept",
    arguments: [
      (#"{"id":"1","exit_code":[]}"#, "exit_code is neither a text nor a number"),
      (#"{"id":"1","exit_code":"abc"}"#, #"exit_code "abc" is not a whole number"#),
      (#"{"id":"1","exit_code":9223372036854775808}"#, #"exit_code "9223372036854775808" is not a whole number"#),
      (#"{"id":"1","created_at":1700000000}"#, "created_at is not a date and time"),
      (#"{"id":"1","status":"\x"}"#, "status is not valid text"),
      (#"{"id":"1","exit_code":01}"#, "exit_code is neither a text nor a number"),
    ])
  func fieldReasons(element: String, reason: String) async throws {
    let (runs, reading) = try await runs(element)
    #expect(runs == [RunRecord(id: "1", status: "").partlyRead])
    #expect(reading.note == "run 1: \(reason)")
  }

  @Test("random texts are read as Foundation reads them", arguments: 0..<40)
  func texts(seed: Int) async throws {
    var random = RandomJSON(seed: UInt64(seed))
    let raw = (0..<random.number(1...6)).map { _ in random.text().dropFirst().dropLast() }.joined()
    let expected = try JSONDecoder().decode(String.self, from: Data("\"\(raw)\"".utf8))
    let (runs, _) = try await runs(#"{"\u0069d" : "1" , "status":"\#(raw)"}"#)
    #expect(runs == [RunRecord(id: "1", status: expected)])
  }
}
