import Foundation
import Simulator
import Testing

/// Several programs at one ledger: writers take turns, readers are never kept out.
@Suite(.serialized, .timeLimit(.minutes(60))) struct CrashTogetherTests {
  @Test("two harvests at once are done one after the other, and leave what one would have left")
  func together() async throws {
    let slow = SimulatorFault(.slowBody, on: "/runs", delay: .milliseconds(200))
    try await CrashSite.withServer(runs: 1500, runners: 12, faults: [slow]) { server, _ in
      let alone = try Workplace(for: server)
      #expect(try await alone.harvestSite().exitCode == 0)

      let place = try Workplace(for: server)
      let one = try place.startSite(["--wait", "600"])
      let two = try place.startSite(["--wait", "600"])
      for finished in [try await one.finished(), try await two.finished()] {
        #expect(finished.exitCode == 0, "\(finished.err)")
      }
      #expect(try place.crashTables().differences(from: alone.crashTables()) == [])
      #expect(
        try await place.query(
          "SELECT complete, sum(new_runs > 0) AS new, count(*) AS visits FROM harvest GROUP BY complete")
          == "complete,new,visits\r\n1,1,2\r\n")
      // The later one began when the earlier one had finished.
      #expect(
        try await place.query(
          """
          SELECT count(*) AS overlaps FROM harvest AS one JOIN harvest AS two ON two.harvest_id > one.harvest_id
          WHERE two.sequence <= one.sequence OR two.started_at < one.started_at
          """) == "overlaps\r\n0\r\n")
      #expect(try await place.run("verify").exitCode == 0)
      #expect(place.files() == ["ledger.sqlite", "runtally.yaml"])
    }
  }

  @Test("while a harvest goes on, a second one ends with 75 and names it, and readers see what is saved so far")
  func beside() async throws {
    // Some lists take long enough for the others to be saved, of which there are more than one transaction takes.
    let slow = SimulatorFault(.slowBody, rate: 0.2, on: "/runs", delay: .seconds(4))
    try await CrashSite.withServer(runs: 1500, runners: 40) { server, clock in
      let alone = try Workplace(for: server)
      #expect(try await alone.harvestSite().exitCode == 0)
      let place = try Workplace(for: server, ledger: alone.url("ledger.sqlite"))
      let before = try place.crashTables()["run"].count
      clock.set(to: CrashSite.late)
      #expect(try await alone.harvestSite().exitCode == 0)

      server.faults = [slow]
      let first = try place.startSite()
      while try place.crashTables()["run"].count == before { try await Task.sleep(for: .milliseconds(10)) }
      // It stands still for as long as the others need, however busy the machine is.
      first.send(signal: SIGSTOP)
      let second = try await place.harvestSite("--wait", "1")
      #expect(second.exitCode == 75)
      #expect(
        second.err.hasPrefix(
          "runtally: ledger.sqlite is being written by process \(first.processID) on "
            + "\(ProcessInfo.processInfo.hostName), since "), "\(second.err)")
      for arguments in [["verify"], ["status"], ["query", "SELECT 1 AS one"], ["report", "coverage"]] {
        let read = try await place.start(arguments).finished()
        #expect(read.exitCode == 0, "\(arguments): \(read.err)")
      }
      let report = try await place.run("report", "runs", "--all", "--format", "csv", "--quiet")
      #expect(report.exitCode == 0, "\(report.err)")
      #expect(report.out.split(separator: "\r\n").count > before / 2)
      first.send(signal: SIGCONT)

      let finished = try await first.finished()
      #expect(finished.exitCode == 0, "\(finished.err)")
      #expect(try place.crashTables().differences(from: alone.crashTables()) == [])
      #expect(place.files() == ["ledger.sqlite", "runtally.yaml"])
    }
  }
}
