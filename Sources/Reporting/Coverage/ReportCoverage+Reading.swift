import Runs
import Store

extension ReportCoverage {
  /// As many notes as a reader takes in; of many lists with the same trouble the first few stand for all.
  private static let mostNotes = 8
  private static let mostNames = 3

  /// What a report must say of its own completeness, read from the same snapshot as its rows: first what could not be
  /// read, then what is uncertain in the period.
  ///
  /// - Parameters:
  ///   - tellsState: the report says which runners are online, so what makes that doubtful matters.
  ///   - printsClosings: it prints closed months as they were closed.
  ///   - prices: what is set, for a report that prices have a part in.
  static func read(
    _ snapshot: Snapshot, _ days: SelectedPeriod, tellsState: Bool = false, printsClosings: Bool = false,
    prices: WantedPrices? = nil
  ) throws -> ReportCoverage {
    let (from, to, asOf) = (days.from, days.to, days.asOf)
    try snapshot.select(days)
    let reads = try snapshot.sourceReads()
    let incomplete = try snapshot.incompleteLists()
    let failing = Set(incomplete.map(\.source))
    let complete = reads.filter { $0.lastVisit != nil && !failing.contains($0.source) }
    let lists = try snapshot.listCounts()
    let head = [
      "\(complete.count) of \(reads.count.counted("source")), "
        + "last read \(snapshot.zone.wallClock(at: asOf)) \(snapshot.zone.name)",
      "\(lists.complete) of \(lists.lists.counted("list")) read completely",
    ]
    var facts = try doubts(of: snapshot) + outside(snapshot, asOf: asOf, from: from, to: to)
    facts += try pricing(of: snapshot, from: from, to: to)
    if let prices { facts += try WaitingNotes.read(prices, snapshot, days, printsClosings: printsClosings) }
    let closings = try ClosingNotes(snapshot.closedMonths(), from: from, to: to, printsClosings: printsClosings)
    facts += try open(in: snapshot, printsClosings: printsClosings)
    facts += try unsettled(snapshot, asOf: asOf, from: from, to: to, except: closings.printed)
    facts += try settled(in: snapshot, from: from, to: to)
    facts += closings.notes
    if printsClosings { facts += ClosingNotes.told(try snapshot.countedCorrections(from: from, to: to)) }
    facts += try missing(snapshot, from: from)
    if tellsState { facts += try silence(of: snapshot) }
    let room = max(2, mostNotes - head.count - facts.count)
    return ReportCoverage(
      isComplete: complete.count == reads.count, notes: head + notes(on: incomplete, room: room) + facts)
  }

  private static func notes(on lists: [Snapshot.IncompleteList], room: Int) -> [String] {
    let shown = lists.count <= room ? lists.count : room - 1
    var notes = lists.prefix(shown).map { list in
      "\(list.source): \(name(of: list.runner)) could not be read completely"
        + (list.note.map { " (\($0))" } ?? "")
    }
    if lists.count > shown {
      notes.append("\((lists.count - shown).counted("more list")) could not be read completely")
    }
    return notes
  }

  /// What may be missing from the ledger altogether.
  private static func doubts(of snapshot: Snapshot) throws -> [String] {
    let noted = try snapshot.notedLists()
    var notes = noted.prefix(noted.count > 2 ? 1 : 2).map { list in
      "\(list.source), \(name(of: list.runner)): \(list.note ?? "")"
    }
    if noted.count > 2 {
      notes.append("\((noted.count - 1).counted("more list")) with something odd, see the coverage")
    }
    let unread = try snapshot.unreadSources()
    if !unread.isEmpty { notes.append("never read: \(joined(unread))") }
    let refusals = try snapshot.refusals()
    if refusals.rows > 0 {
      notes.append("\(refusals.rows.counted("row")) of \(refusals.lists.counted("list")) could not be understood")
    }
    let round = try snapshot.roundLists()
    if !round.isEmpty {
      let names = round.map { "\($0.rows) rows of \($0.source), \(name(of: $0.runner))" }
      notes.append(
        "lists of a suspiciously round length, which the vendor may have cut off: \(joined(names, by: "; "))")
    }
    return notes
  }

  /// A mistyped year gives a page of nothing: that there can be nothing must be said.
  private static func outside(
    _ snapshot: Snapshot, asOf: Instant, from: LocalDay, to: LocalDay
  ) throws -> [String] {
    if from > snapshot.zone.day(of: asOf) { return ["the period begins after the last visit"] }
    guard let first = try snapshot.firstDay(), to <= first else { return [] }
    return ["the period ends before the first run that is known, of \(first)"]
  }

  private static func pricing(of snapshot: Snapshot, from: LocalDay, to: LocalDay) throws -> [String] {
    var notes: [String] = []
    let quality = try snapshot.pricingQuality()
    if quality.unpricedTime > 0 {
      notes.append(
        "\(quality.unpricedRuns.counted("run")) unpriced, \(SecondsText.withUnit(quality.unpricedTime)) billed")
    }
    if quality.untimedRuns > 0 {
      notes.append("\(quality.untimedRuns.counted("run")) without a start, so without time and cost")
    }
    if quality.assumedTime > 0 {
      // Runs count by their last part: an earlier one may be assumed of a run whose end is not.
      let runs = quality.assumedRuns > 0 ? quality.assumedRuns.counted("run") + ", " : ""
      notes.append("price assumed for \(runs)\(SecondsText.withUnit(quality.assumedTime)) billed")
    }
    let idle = try snapshot.idlePrices().map { price in
      "\(price.subject) of \(price.source) since \(snapshot.zone.day(of: price.endedAt)) (\(price.place))"
    }
    if !idle.isEmpty { notes.append("prices that match nothing any more: \(joined(idle))") }
    let contradictory = try snapshot.contradictoryRuns(from: from, to: to)
    if contradictory > 0 { notes.append("\(contradictory.counted("run")) with instants that contradict each other") }
    return notes
  }

  /// Runs that count in the period and are not in its costs yet.
  private static func open(in snapshot: Snapshot, printsClosings: Bool) throws -> [String] {
    let open = try snapshot.openRunNames(printsClosings: printsClosings)
    return open.isEmpty
      ? [] : ["\(open.count.counted("run")) still open in the period: \(joined(open)) (report open-runs)"]
  }

  /// Runs whose end is what somebody ruled.
  private static func settled(in snapshot: Snapshot, from: LocalDay, to: LocalDay) throws -> [String] {
    let settled = try snapshot.settledRunNames(from: from, to: to)
    return settled.isEmpty ? [] : ["\(settled.count.counted("run")) ended by a ruling: \(joined(settled))"]
  }

  /// What a later visit may still change.
  private static func unsettled(
    _ snapshot: Snapshot, asOf: Instant, from: LocalDay, to: LocalDay, except closed: [Month]
  ) throws -> [String] {
    var notes: [String] = []
    let first = max(from.month, try snapshot.firstProvisionalMonth() ?? from.month)
    let last = min(to.advanced(byDays: -1).month, snapshot.zone.day(of: asOf).month)
    // The months on either side of what is closed; of most ledgers everything.
    let sides =
      closed.isEmpty
      ? [(first, last)]
      : [(first, min(last, closed[0].previous)), (max(first, closed[closed.count - 1].next), last)]
    for (first, last) in sides {
      if first == last { notes.append("\(first) is provisional") }
      if first < last { notes.append("\(first) to \(last) are provisional") }
    }
    return notes
  }

  private static func missing(_ snapshot: Snapshot, from: LocalDay) throws -> [String] {
    let missing = try snapshot.runnersMissing(since: snapshot.zone.start(of: from))
    return missing.isEmpty ? [] : ["\(missing.count.counted("runner")) no longer listed: \(joined(missing))"]
  }

  private static func silence(of snapshot: Snapshot) throws -> [String] {
    let silent = try snapshot.silentRunners()
    return silent.isEmpty
      ? [] : ["\(silent.count.counted("runner")) called online without a sign of life for an hour: \(joined(silent))"]
  }

  private static func name(of runner: String?) -> String {
    runner.map { "the runs of \($0)" } ?? "the runners"
  }

  private static func joined(_ names: [String], by separator: String = ", ") -> String {
    let more = names.count > mostNames ? [separator + "and \(names.count - mostNames) more"] : []
    return names.prefix(mostNames).joined(separator: separator) + more.joined()
  }
}
