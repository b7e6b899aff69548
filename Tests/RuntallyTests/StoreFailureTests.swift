import Runs
import Store
import Testing

@testable import runtally

/// What the ledger refuses, in the words of whoever typed a command.
@Suite struct StoreFailureTests {
  static let january = Month(year: 2026, month: 1)
  static let visit = Instant(milliseconds: 1_769_904_000_000)
  static let run = RunReference(source: "my cloud", runner: "Backup", runnerID: "backup", runID: "r1")
  static let ledgerSentences: [(LedgerError, String)] = [
    (
      .missing(path: "a.sqlite"),
      "there is no ledger at a.sqlite; run `runtally init` or `runtally harvest` to make one, or name another with --database"
    ),
    (
      .exists(path: "a.sqlite"),
      "there is already a ledger at a.sqlite; harvest into it, or name another with --database"
    ),
    (
      .notALedger(path: "a.txt"),
      "a.txt is not a Runtally ledger, and was left untouched; name another file with --database"
    ),
    (
      .older(path: "a.sqlite", version: 1, known: 2),
      "a.sqlite has schema 1, this Runtally reads 2; run `runtally harvest` once to bring it up to date"
    ),
    (
      .zoneChanged(path: "a.sqlite", was: "UTC", now: "Europe/Berlin"),
      "a.sqlite counts days and months in UTC, the configuration says Europe/Berlin; "
        + "run `runtally init` to see what that changes, or set the time zone back"
    ),
    (
      .locked(path: "a.sqlite", holder: "process 4711"),
      "a.sqlite is being written by process 4711; try again when that is done"
    ),
    (.database(action: "reading", reason: "it is gone"), "reading: it is gone"),
  ]

  @Test("what is wrong with a ledger is told with what to do", arguments: ledgerSentences)
  func ledger(error: LedgerError, sentence: String) {
    #expect(error.sentence == sentence)
  }

  @Test(
    "a month that cannot be closed is told with what to do",
    arguments: [
      (
        .outOfOrder(january, first: january, next: january),
        "2026-01 cannot be closed now: months are closed one after the other, 2026-01 was the first and 2026-01 is next; "
          + "run `runtally close 2026-01`"
      ),
      (
        .provisional(january, because: "it is not over", hasOpenRuns: false),
        "2026-01 is provisional: it is not over; close it when that is over, or all the same with --force"
      ),
      (
        .provisional(january, because: "1 run is open", hasOpenRuns: true),
        "2026-01 is provisional: 1 run is open; close it when that is over, or all the same with --force; "
          + "`runtally report open-runs` lists open runs, and `runtally settle` rules on one that its vendor never ends"
      ),
      (
        .badBeginning(january, because: "runs are known from 2025-12-03 on", first: january.previous),
        "2026-01 is no good beginning: runs are known from 2025-12-03 on; begin with `runtally close 2025-12`, or close "
          + "it all the same with --force"
      ),
      (
        .badBeginning(january, because: "no run is known", first: nil),
        "2026-01 is no good beginning: no run is known; run `runtally harvest` first, or close it all the same with --force"
      ),
      (.notClosed(january), "2026-01 is not closed, so it cannot be reopened; `runtally status` says which months are"),
      (
        .notNewest(january, newest: january.next),
        "2026-01 cannot be reopened while a later month is closed: 2026-02 is the newest; reopen it first: "
          + "`runtally close --reopen 2026-02 WHY`"
      ),
      (
        .changedMeanwhile(january),
        "2026-01 was not closed: the ledger has changed since its numbers were shown; run it again to see what they are now"
      ),
      (
        .neverHarvested(path: "a.sqlite"),
        "the ledger a.sqlite is empty, so there is no month to close; run `runtally harvest` first"
      ),
    ] as [(ClosingError, String)])
  func closing(error: ClosingError, sentence: String) {
    #expect(error.sentence == sentence)
    #expect(error.status == .failed)
  }

  @Test(
    "a visit that something hangs on is told with what to undo first, where that helps",
    arguments: [
      (
        .closedSince("my cloud", visit: visit, month: "2026-01", isForEver: false),
        "the newest visit to my cloud, of 2026-02-01T00:00:00.000Z, cannot be taken back: 2026-01 was closed after it; "
          + "reopen the month first, with `runtally close --reopen 2026-01 WHY`, or restore a backup from before the closing"
      ),
      (
        .closedSince("my cloud", visit: visit, month: "2026-01", isForEver: true),
        "the newest visit to my cloud, of 2026-02-01T00:00:00.000Z, cannot be taken back: 2026-01 was closed after it, "
          + "with runners that only this visit brought; restore a backup from before the closing"
      ),
      (
        .ruledSince(run, visit: visit, isForEver: false),
        "the newest visit to my cloud, of 2026-02-01T00:00:00.000Z, cannot be taken back: r1 of Backup (backup), my cloud "
          + "was ruled on after it; take the ruling back first, with `runtally settle 'my cloud' r1 --take-back`, and rule "
          + "on the run again afterwards"
      ),
      (
        .ruledSince(run, visit: visit, isForEver: true),
        "the newest visit to my cloud, of 2026-02-01T00:00:00.000Z, cannot be taken back: r1 of Backup (backup), my cloud "
          + "was ruled on after it, as this visit told it; restore a backup from before the ruling"
      ),
    ] as [(SourceError, String)])
  func source(error: SourceError, sentence: String) {
    #expect(error.sentence == sentence)
    #expect(error.status == .failed)
  }

  @Test(
    "a run that is not found is told with where to look",
    arguments: [
      (
        .unknownRun("zzz", near: []),
        "no run has the id \"zzz\"; six or more of its first characters would do, where just one run begins so; "
          + "`runtally report runs --all` lists them"
      ),
      (
        .several("same", runs: [], areAll: true),
        "\"same\" fits 0 runs: ; narrow it with --source, --runner or more of the id"
      ),
      (
        .unknownRunner("Gpu", near: ["Gpu 1"]),
        "no runner has the id or name \"Gpu\", nor does one match it; did you mean \"Gpu 1\"?"
      ),
      (
        .unknownRunner("Gpu", near: []),
        "no runner has the id or name \"Gpu\", nor does one match it; `runtally report runners` lists them"
      ),
    ] as [(RunSearchError, String)])
  func search(error: RunSearchError, sentence: String) {
    #expect(error.sentence == sentence)
    #expect(error.status == .wrongUsage)
  }

  @Test("a limit of time that was reached, and prices that wait, are told with the option or command to type")
  func others() {
    #expect(
      OwnSQLError.tooSlow(name: "mine.sql", limit: .seconds(60)).sentence
        == "mine.sql was stopped: its statement worked for 60 s, which is the limit; "
        + "narrow it down, or give it longer with --time-limit 10m (0 for any time)")
    #expect(
      WaitingPrices(entries: 1).warning
        == "1 price would change what is tallied already; run `runtally prices apply` to do it")
  }
}
