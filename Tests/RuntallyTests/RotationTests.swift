import Foundation
import Runs
import Testing

@testable import runtally

/// Backups of a pattern: the newest stay, and nothing goes that is no backup of this ledger.
@Suite struct RotationTests {
  @Test("only so many of the newest backups of a name stay; what only looks like one is told and stays")
  func rotation() async throws {
    let place = try await Workplace.withDocumentedRuns()
    func days() -> [String] { place.files().filter { $0.hasPrefix("copy-") } }
    for day in 1...3 {
      _ = try await place.run("backup", "copy-2026-01-0\(day).sqlite")
    }
    // Somebody else's file, and one that was harvested into.
    try place.write("mine", to: "copy-2025-01-01.sqlite")
    _ = try await place.run("backup", "copy-2025-01-02.sqlite")
    let changed = try await place.shell(
      "runtally import production bodies --vendor nodion --as-of 2026-03-01T06:00:00Z --database copy-2025-01-02.sqlite"
    )
    #expect(changed.exitCode == 0)
    // Another name is none of the pattern.
    _ = try await place.run("backup", "copy-2026-01-01.sqlite.old")

    let today = BackupName.Word.date.text(of: .now())
    let finished = try await place.run("backup", "copy-{date}.sqlite", "--rotate", "2")
    #expect(finished.exitCode == 0)
    #expect(
      finished.err.split(separator: "\n").sorted() == [
        "backed up to copy-\(today).sqlite", "removed copy-2026-01-01.sqlite", "removed copy-2026-01-02.sqlite",
        "runtally: copy-2025-01-01.sqlite is no backup of this ledger as it was made, and stays",
        "runtally: copy-2025-01-02.sqlite is no backup of this ledger as it was made, and stays",
      ])
    #expect(
      days() == [
        "copy-2025-01-01.sqlite", "copy-2025-01-02.sqlite", "copy-2026-01-01.sqlite.old", "copy-2026-01-03.sqlite",
        "copy-\(today).sqlite",
      ])
  }

  @Test("a backup of another ledger, a link, and the ledger itself stay")
  func others() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let other = try Workplace()
    try other.writeBodies()
    #expect(try await other.importBodies(asOf: "2026-03-01T06:00:00Z").exitCode == 0)
    _ = try await other.run("backup", "copy.sqlite")
    try FileManager.default.copyItem(at: other.url("copy.sqlite"), to: place.url("runtally-2026-01-01.sqlite"))
    try FileManager.default.createSymbolicLink(
      atPath: place.url("runtally-2026-01-02.sqlite").path(percentEncoded: false),
      withDestinationPath: "runtally.sqlite")
    #expect(try await place.shell("ln runtally.sqlite runtally-2026-01-03.sqlite").exitCode == 0)
    let finished = try await place.run("backup", "runtally-{time}.sqlite", "--rotate", "1")
    #expect(finished.exitCode == 0)
    #expect(!finished.err.contains("removed"))
    let dated = try await place.run("backup", "runtally-{date}.sqlite", "--rotate", "1")
    #expect(!dated.err.contains("removed"))
    #expect(place.exists("runtally-2026-01-01.sqlite") && place.exists("runtally.sqlite"))
    #expect(try await place.run("verify").exitCode == 0)
  }

  @Test("a name without a place for its instant is no pattern, and nothing is made")
  func noPattern() async throws {
    let place = try await Workplace.withDocumentedRuns()
    for (name, words) in [
      ("copy.sqlite", "is one name; put {date} or {time} in it"),
      ("{date}-{time}.sqlite", "has more than one {date} or {time}; leave one"),
      ("{date}/copy-{time}.sqlite", "belong in the name of the file"),
    ] {
      let finished = try await place.run("backup", name, "--rotate", "7")
      #expect(finished.exitCode == 64)
      #expect(finished.err.contains(words))
    }
    #expect(place.files().filter { $0.hasSuffix(".sqlite") } == ["runtally.sqlite"])
    #expect(try await place.run("backup", "copy-{date}.sqlite", "--rotate", "0").exitCode == 64)
  }

  @Test("the instant of a name is found where the name is of the pattern, and nowhere else")
  func names() throws {
    let name = try BackupName("a/b-{date}.sqlite")
    #expect(name.path(at: try Instant(rfc3339: "2026-01-31T23:00:05.250Z")) == "a/b-2026-01-31.sqlite")
    #expect(name.instant(in: "b-2026-01-31.sqlite") == "2026-01-31")
    for other in ["b-2026-01-31.sqlite-wal", "b-2026-1-31.sqlite", "b-.sqlite", "c-2026-01-31.sqlite"] {
      #expect(name.instant(in: other) == nil)
    }
    let second = try BackupName("{time}")
    #expect(second.path(at: try Instant(rfc3339: "2026-01-31T23:00:05.250Z")) == "2026-01-31T23-00-05Z")
    #expect(second.instant(in: "2026-01-31T23-00-05Z") == "2026-01-31T23-00-05Z")
    #expect(try BackupName("plain.sqlite").path(at: .now()) == "plain.sqlite")
  }
}
