import Foundation
import Testing

/// What an interrupted command leaves: nothing, and after a kill nothing that the next command does not clear.
@Suite(.timeLimit(.minutes(60)))
struct EndingTests {
  /// A ledger that takes a moment to be written out.
  private func place() async throws -> Workplace {
    let place = try Workplace()
    _ = try await place.run("simulate", "--bodies", "bodies", "--runs", "20000", "--now", "2026-04-01T06:00:00Z")
    #expect(try await place.importBodies(asOf: "2026-04-01T06:00:00Z").exitCode == 0)
    return place
  }

  private func parts(_ place: Workplace) -> [String] {
    place.files().filter { $0.contains(".part") || $0.contains("unfinished") }
  }

  /// Starts a command and sends the signal while it has a part file, however fast it is.
  ///
  /// Where the file has its name already, the signal came too late: then the file is whole, and all begins anew.
  private func end(_ place: Workplace, _ arguments: [String], with signal: Int32) async throws -> Finished {
    let output = place.url(arguments.last ?? "")
    try? FileManager.default.removeItem(at: output)
    #expect(try await place.start(arguments).finished().exitCode == 0)
    let whole = try Data(contentsOf: output).count
    while true {
      try FileManager.default.removeItem(at: output)
      let started = try place.start(arguments)
      while parts(place).isEmpty, started.isRunning { try await Task.sleep(for: .milliseconds(1)) }
      started.send(signal: signal)
      let finished = try await started.finished()
      guard FileManager.default.fileExists(atPath: output.path) else { return finished }
      #expect(try Data(contentsOf: output).count == whole)
    }
  }

  private static let commands = [
    ["report", "runs", "--all", "--format", "csv", "--output", "out"], ["backup", "out"],
  ]

  @Test("a signal ends a command at once and leaves nothing half written", arguments: commands)
  func signals(command: [String]) async throws {
    let place = try await place()
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      let finished = try await end(place, command, with: signal)
      #expect(finished.exitCode == 128 + signal)
      #expect(parts(place) == [])
    }
    #expect(try await place.run("verify").exitCode == 0)
  }

  @Test("what a killed command left is cleared by the next one that writes there", arguments: commands)
  func killed(command: [String]) async throws {
    let place = try await place()
    _ = try await end(place, command, with: SIGKILL)
    // SQLite may have had a journal beside it.
    #expect(parts(place) != [])
    #expect(try await place.run("report", "runners", "--all", "--format", "csv", "--output", "next").exitCode == 0)
    #expect(parts(place) == [])
    _ = try await end(place, command, with: SIGKILL)
    #expect(try await place.importBodies(asOf: "2026-04-02T06:00:00Z").exitCode == 0)
    #expect(parts(place) == [])
    #expect(place.files().filter { $0.hasPrefix("runtally.sqlite") } == ["runtally.sqlite"])
  }

  @Test("a signal that the program was started to ignore stays ignored")
  func ignored() async throws {
    let place = try await place()
    let finished = try await place.shell(
      "trap '' HUP; runtally report runs --all --format csv --output out & kill -HUP $!; wait $!")
    #expect(finished.exitCode == 0)
    #expect(place.exists("out"))
  }
}
