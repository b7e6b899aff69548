import Foundation
import Testing

/// One writer at a time.
@Suite(.timeLimit(.minutes(60)))
struct LockTests {
  /// Holds the ledger's lock as another process would, and says who it is.
  private func lock(_ place: Workplace) throws -> FileHandle {
    try place.write("process 1 on elsewhere, since 2026-01-01T00:00:00.000Z\n", to: "ledger.sqlite.lock")
    let handle = try FileHandle(forUpdating: place.url("ledger.sqlite.lock"))
    #expect(flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0)
    return handle
  }

  @Test("a second harvest ends with 75 and names the holder; a report is not kept out")
  func locked() async throws {
    let place = try Workplace()
    try place.configure(more: "    client: {attempts: 1}")
    try place.writeBodies()
    _ = try await place.run("import", "production", "bodies", "--as-of", Bodies.asOf)
    let before = try place.bytes("ledger.sqlite")
    let handle = try lock(place)

    let finished = try await place.run("harvest", "--wait", "0", environment: Workplace.token)
    #expect(
      finished
        == Finished(
          exitCode: 75, out: "",
          err: "runtally: ledger.sqlite is being written by process 1 on elsewhere, since 2026-01-01T00:00:00.000Z; "
            + "try again when that is done\n"))
    #expect(try place.bytes("ledger.sqlite") == before)
    #expect(try await place.run("report", "runs", "--month", "2026-01").exitCode == 0)
    try handle.close()

    let after = try await place.harvest()
    #expect(after.exitCode == 1, "the lock is the kernel's: what its dead holder left in the file keeps nobody out")
    #expect(!place.exists("ledger.sqlite.lock"))
  }

  @Test("a report that is read slowly keeps no harvest, no closing and no other report out")
  func slowReader() async throws {
    let place = try Workplace()
    _ = try await place.run("simulate", "--bodies", "bodies", "--runs", "3000", "--now", "2026-04-01T06:00:00Z")
    #expect(try await place.importBodies(asOf: "2026-04-01T06:00:00Z").exitCode == 0)
    // The report is longer than a pipe holds, so it waits for its reader, who waits for the others.
    let finished = try await place.shell(
      """
      runtally report runs --all --format csv --quiet | {
        read first
        runtally import production bodies --vendor nodion --as-of 2026-04-02T06:00:00Z --quiet || echo import
        runtally close 2026-01 --force --yes --quiet || echo close
        runtally report runners --all --format csv --quiet > other || echo report
        runtally verify --quiet || echo verify
        cat > rest
      }
      """)
    #expect(finished == Finished(exitCode: 0, out: "", err: ""))
    #expect(place.files().filter { $0.hasPrefix("runtally.sqlite") } == ["runtally.sqlite"])
    #expect(try await place.run("verify").exitCode == 0)
  }

  @Test("a harvest that waits goes on when the other is done")
  func waiting() async throws {
    let place = try Workplace()
    try place.configure(more: "    client: {attempts: 1}")
    let handle = try lock(place)
    let waiting = try place.start("harvest", "--wait", "600", environment: Workplace.token)
    try await Task.sleep(for: .milliseconds(300))
    #expect(!place.exists("ledger.sqlite"))
    try handle.close()
    let finished = try await waiting.finished()
    #expect(finished.exitCode == 1)
    #expect(place.exists("ledger.sqlite"))
  }

  @Test("of two harvests at once, both are done in the end")
  func both() async throws {
    let place = try Workplace()
    try place.configure(more: "    client: {attempts: 1}")
    async let one = place.harvest()
    async let two = place.harvest()
    let codes = try await [one.exitCode, two.exitCode]
    #expect(codes == [1, 1])
    #expect(try await place.query("SELECT count(*) AS visits FROM harvest") == "visits\r\n2\r\n")
  }
}
