import Foundation
import SQLFiles
import Testing

/// A file that is not this version's ledger is refused by every command, and left as it is.
@Suite struct ForeignLedgerTests {
  private static let commands = [
    "report runs", "status", "verify", "query 'SELECT 1'", "backup copy.sqlite", "init",
    "import production bodies --vendor nodion",
  ]

  private func expectRefusal(_ place: Workplace, _ sentence: String) async throws {
    try place.writeBodies()
    try place.write("", to: "runtally.yaml")
    let before = (place.files(), try place.bytes("other.sqlite"))
    for command in ForeignLedgerTests.commands {
      let finished = try await place.shell("runtally \(command) --database other.sqlite")
      #expect(
        finished == Finished(exitCode: 1, out: "", err: "runtally: other.sqlite \(sentence)\n"), "\(command)")
    }
    #expect(place.files() == before.0)
    #expect(try place.bytes("other.sqlite") == before.1)
  }

  @Test("another program's database", .enabled(if: Tool.sqlite3.isThere, "sqlite3 is not installed"))
  func foreign() async throws {
    let place = try Workplace()
    _ = try await place.shell("sqlite3 other.sqlite 'CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)'")
    try await expectRefusal(
      place, "is not a Runtally ledger, and was left untouched; name another file with --database")
  }

  @Test("a text")
  func text() async throws {
    let place = try Workplace()
    try place.write("just text\n", to: "other.sqlite")
    try await expectRefusal(
      place, "is not a Runtally ledger, and was left untouched; name another file with --database")
  }

  @Test("a ledger of a newer version", .enabled(if: Tool.sqlite3.isThere, "sqlite3 is not installed"))
  func newer() async throws {
    let place = try await Workplace.withDocumentedRuns()
    _ = try await place.shell("mv runtally.sqlite other.sqlite && sqlite3 other.sqlite 'PRAGMA user_version = 99'")
    try await expectRefusal(
      place, "was written by a newer Runtally (schema 99, this one knows \(SQLFiles.migrations.count)); update Runtally"
    )
  }

  @Test("a ledger of which the end is missing")
  func cutOff() async throws {
    let place = try await Workplace.withDocumentedRuns()
    try place.bytes("runtally.sqlite").prefix(60_000).write(to: place.url("other.sqlite"))
    try await expectRefusal(
      place, "is damaged (database disk image is malformed); restore a backup, or harvest into a new ledger")
  }
}
