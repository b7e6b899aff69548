import Store

// What the ledger tells is completed by what to type.

extension LedgerError: Failure {
  var status: ExitStatus {
    switch self {
    case .unknownTimeZone: .wrongUsage
    case .locked, .keptOut, .changedWhileRead: .tryLater
    default: .failed
    }
  }

  var advice: String? {
    switch self {
    case .missing: "run `runtally init` or `runtally harvest` to make one, or name another with --database"
    case .exists: "harvest into it, or name another with --database"
    case .notALedger: "name another file with --database"
    case .damaged: "restore a backup, or harvest into a new ledger"
    case .newer: "update Runtally"
    case .unreleased: "name another file with --database, and harvest or replay saved answers into that"
    case .older: "run `runtally harvest` once to bring it up to date"
    case .unfinished: "copy the file and the one ending in -wal to a folder that can be written, and open it there"
    case .cannotOpen: "check the path and its permissions"
    case .cannotWrite: "check space and permissions"
    case .locked, .keptOut: "try again when that is done"
    case .foreignLock: "move it away, or name another ledger with --database"
    case .changedWhileRead: "try again"
    case .inconsistent: "`runtally verify` says what else is"
    case .database, .unknownTimeZone: nil
    case .vendorChanged: "give the account at the new vendor another name"
    case .currencyChanged:
      "set the currency back; prices of your own in another one can name it under prices:, and an account that really "
        + "changed its currency needs another ledger, because under another name its runs would count twice"
    case .zoneChanged: "run `runtally init` to see what that changes, or set the time zone back"
    case .olderThanLedger(let source, _, _):
      "import answers in the order they were given; where that visit was a mistake, as with a clock that was ahead, take "
        + "it back with `runtally source take-back \(CommandWord.quoted(source))`"
    case .renamed(let source, let was, _):
      "run `runtally source rename \(CommandWord.quoted(was)) \(CommandWord.quoted(source))` to keep its history under "
        + "the new name; or keep \(was) in the configuration too, and every run counts twice"
    }
  }
}

extension PastError: Failure {
  var status: ExitStatus { .wrongUsage }
  var advice: String? { "`runtally log` lists the events" }
}

extension SourceError: Failure {
  var status: ExitStatus {
    switch self {
    case .unknown, .nameTaken: .wrongUsage
    case .neverVisited, .closedSince, .ruledSince, .actedSince: .failed
    }
  }

  var advice: String? {
    switch self {
    case .unknown, .neverVisited: nil
    case .nameTaken: "choose another name; two sources are never joined"
    case .closedSince(_, _, _, isForEver: true): "restore a backup from before the closing"
    case .closedSince(_, _, let month, isForEver: false):
      "reopen the month first, with `runtally close --reopen \(month) WHY`, or restore a backup from before the closing"
    case .ruledSince(_, _, isForEver: true): "restore a backup from before the ruling"
    case .actedSince: "restore a backup from before that"
    case .ruledSince(let run, _, isForEver: false):
      "take the ruling back first, with `runtally settle \(CommandWord.quoted(run.source)) "
        + "\(CommandWord.quoted(run.runID)) --take-back`, and rule on the run again afterwards"
    }
  }
}

extension ClosingError: Failure {
  var advice: String? {
    switch self {
    case .closedAlready(_, _, isNewest: false): "what changed after that is in `runtally report corrections`"
    case .closedAlready(let month, _, isNewest: true):
      "what changed after that is in `runtally report corrections`, and `runtally close --reopen \(month) WHY` takes it back"
    case .outOfOrder(let month, let first, _) where month < first:
      "to begin earlier take all closings back, the newest first, with `runtally close --reopen MONTH WHY`"
    case .outOfOrder(_, _, let next): "run `runtally close \(next)`"
    case .badBeginning(_, _, let first?): "begin with `runtally close \(first)`, or close it all the same with --force"
    case .badBeginning: "run `runtally harvest` first, or close it all the same with --force"
    case .provisional(_, _, hasOpenRuns: false): "close it when that is over, or all the same with --force"
    case .provisional(_, _, hasOpenRuns: true):
      "close it when that is over, or all the same with --force; `runtally report open-runs` lists open runs, and "
        + "`runtally settle` rules on one that its vendor never ends"
    case .notBegun: "close it when it is over"
    case .neverHarvested: "run `runtally harvest` first"
    case .notClosed: "`runtally status` says which months are"
    case .notNewest(_, let newest): "reopen it first: `runtally close --reopen \(newest) WHY`"
    case .changedMeanwhile: "run it again to see what they are now"
    }
  }
}

extension SettlementError: Failure {
  var status: ExitStatus {
    switch self {
    case .beforeBeginning, .aheadOfNow: .wrongUsage
    case .neverHarvested, .endedAlready, .notSettled: .failed
    }
  }

  var advice: String? {
    switch self {
    case .neverHarvested: "run `runtally harvest` first"
    case .endedAlready(let run, _): "`runtally explain \(run.runID)` tells what it hangs on"
    case .beforeBeginning: "give an instant from then on"
    case .aheadOfNow: "give an instant up to then, or run `runtally harvest` first"
    case .notSettled(let run): "`runtally explain \(run.runID)` tells what was ruled on it"
    }
  }
}

extension RunSearchError: Failure {
  var status: ExitStatus { .wrongUsage }

  var advice: String? {
    switch self {
    case .unknownRun(_, near: []): "`runtally report runs --all` lists them"
    case .several: "narrow it with --source, --runner or more of the id"
    case .unknownRunner(_, near: []): "`runtally report runners` lists them"
    case .unknownRun, .unknownSource, .unknownRunner: nil
    }
  }
}

extension OwnSQLError: Failure {
  var advice: String? {
    switch self {
    case .tooSlow: "narrow it down, or give it longer with --time-limit 10m (0 for any time)"
    case .tooLarge(_, .row, _): "select less in one row"
    case .tooLarge: "narrow it down"
    case .mistake, .refused, .unknownParameter: nil
    }
  }
}

extension WaitingPrices {
  /// For a line that warns.
  var warning: String { "\(self); run `runtally prices apply` to do it" }
}
