import Foundation
import Testing

/// Places where a ledger cannot be written, or not to its end: one clear sentence, exit code 1, and nothing is lost.
@Suite(.serialized, .timeLimit(.minutes(60))) struct CrashDiskTests {
  /// A harvest whose files may not grow beyond so many KiB.
  private static func limited(to kilobytes: Int) -> String {
    "ulimit -f \(kilobytes * 2); exec runtally harvest"
  }

  @Test(
    "a disk that is full in the middle of a harvest is an error; what was saved stays, and the next one completes it")
  func full() async throws {
    try await CrashSite.withServer { server, _ in
      let undisturbed = try Workplace(for: server)
      #expect(try await undisturbed.harvestSite().exitCode == 0)
      let whole = try undisturbed.crashTables()
      let size = try undisturbed.bytes("ledger.sqlite").count / 1024
      _ = try await undisturbed.run("init", "--database", "empty.sqlite")
      let empty = try undisturbed.bytes("empty.sqlite").count / 1024

      var partial = 0
      for limit in (1...5).map({ empty + (size - empty) * $0 / 6 }) + [size - 4] {
        let place = try Workplace(for: server)
        let finished = try await place.siteShell(CrashDiskTests.limited(to: limit))
        expectFull(finished, limit)
        #expect(place.exists("ledger.sqlite"), "at \(limit) KiB")
        let verified = try await place.run("verify")
        #expect(verified.exitCode == 0, "at \(limit) KiB: \(verified.err)")
        let saved = try place.crashTables()["run"]
        if !saved.isEmpty && saved.count < whole["run"].count { partial += 1 }
        #expect(Set(saved).isSubset(of: whole["run"]), "at \(limit) KiB")

        let next = try await place.harvestSite()
        #expect(next.exitCode == 0, "at \(limit) KiB: \(next.err)")
        #expect(try place.crashTables().differences(from: whole) == [], "at \(limit) KiB")
        #expect(place.files() == ["ledger.sqlite", "runtally.yaml"], "at \(limit) KiB")
      }
      #expect(partial > 0, "some limit hits while runs are saved")
    }
  }

  @Test("a disk that is full when nothing is there yet leaves no ledger that is none", arguments: [8, 64, 128])
  func fullAtOnce(limit: Int) async throws {
    try await CrashSite.withServer(runs: 100, runners: 3) { server, _ in
      let place = try Workplace(for: server)
      expectFull(try await place.siteShell(CrashDiskTests.limited(to: limit)), limit)
      #expect(place.files() == ["runtally.yaml"])
      let verified = try await place.run("verify")
      #expect(verified.exitCode == 1 && verified.err.contains("there is no ledger at ledger.sqlite"), "\(verified.err)")
      let next = try await place.harvestSite()
      #expect(next.exitCode == 0, "\(next.err)")
    }
  }

  private func expectFull(_ finished: Finished, _ limit: Int) {
    #expect(finished.exitCode == 1, "at \(limit) KiB: \(finished.err)")
    #expect(finished.out == "")
    let sentence = finished.err.split(separator: "\n").last ?? ""
    let clear = /runtally: ledger\.sqlite cannot be written \(.+\); what was saved before is kept; check space and .+/
    #expect(sentence.wholeMatch(of: clear) != nil, "at \(limit) KiB: \(finished.err)")
  }

  struct Nowhere: CustomTestStringConvertible, Sendable {
    var database: String
    var sentence: String

    var testDescription: String { database }
  }

  @Test(
    "a ledger that can be nowhere is told with the reason, and nothing is asked of anybody",
    arguments: [
      Nowhere(
        database: "nowhere/ledger.sqlite",
        sentence: "nowhere/ledger.sqlite cannot be opened (its folder is not there); check the path and its permissions"
      ),
      Nowhere(
        database: "/dev/null/ledger.sqlite",
        sentence: "/dev/null/ledger.sqlite cannot be opened (what should be its folder is a file); "
          + "check the path and its permissions"),
      Nowhere(
        database: "runtally.yaml/ledger.sqlite",
        sentence: "runtally.yaml/ledger.sqlite cannot be opened (what should be its folder is a file); "
          + "check the path and its permissions"),
      Nowhere(
        database: "folder", sentence: "folder cannot be opened (it is not a file); check the path and its permissions"),
    ])
  func nowhere(_ nowhere: Nowhere) async throws {
    try await CrashSite.withServer(runs: 100, runners: 3) { server, _ in
      let place = try Workplace(for: server, database: nowhere.database)
      try place.write("kept", to: "folder/kept")
      let before = place.files()
      #expect(
        try await place.harvestSite() == Finished(exitCode: 1, out: "", err: "runtally: \(nowhere.sentence)\n"))
      #expect(place.files() == before)
      #expect(server.requestCount == 0)
    }
  }

  @Test(
    "a folder and a ledger that may not be written are told, and stay as they are",
    .enabled(if: Unprivileged.isPossible, "the superuser may write everywhere, and setpriv is not there"),
    arguments: ["chmod 555 .", "chmod 444 ledger.sqlite"])
  func readOnly(order: String) async throws {
    try await CrashSite.withServer(runs: 100, runners: 3) { server, clock in
      let made = try Workplace(for: server)
      #expect(try await made.harvestSite().exitCode == 0)
      clock.set(to: CrashSite.late)
      let place = try Workplace(for: server, ledger: made.url("ledger.sqlite"))
      let before = (try place.bytes("ledger.sqlite"), server.requestCount)
      let finished = try await place.siteShell(
        """
        chmod 777 . && \(order) && \(Unprivileged.prefix)runtally harvest; code=$?; chmod 755 .; exit $code
        """)
      #expect(finished.exitCode == 1)
      #expect(
        finished.err.wholeMatch(of: /runtally: ledger\.sqlite(\.lock)? cannot be (written|opened) \(.+\);.+\n/) != nil,
        "\(finished.err)")
      #expect(try place.bytes("ledger.sqlite") == before.0)
      #expect(server.requestCount == before.1)
      #expect(place.files() == ["ledger.sqlite", "runtally.yaml"])
    }
  }

  /// Somebody to whom permissions mean something: whoever runs the tests, or for the superuser somebody else.
  private enum Unprivileged {
    static let prefix = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
    static let isPossible = geteuid() != 0 || FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")
  }
}
