import Runs
import Store

/// How fresh a ledger is. Age is measured against `now`, the clock's, and not against the ledger's own.
struct LedgerStatus {
  var answer: Answer
  var lines: [String]
  /// Sources that were not read completely for too long.
  var stale: [String]
  /// Sources whose newest visit is ahead of the clock: nothing is known of how fresh they are.
  var ahead: [Snapshot.SourceRead]

  init(_ snapshot: Snapshot, now: Instant, staleAfterHours: Int) throws {
    let reads = try snapshot.sourceReads()
    let sizes = try snapshot.sizes()
    let limit = now.advanced(byMilliseconds: -Int64(staleAfterHours) * 3_600_000)
    func isStale(_ read: Snapshot.SourceRead) -> Bool { (read.lastComplete ?? .distantPast) < limit }

    stale = reads.filter(isStale).map(\.source)
    let ahead = reads.filter { $0.isAhead(of: now) }
    self.ahead = ahead
    answer = Answer(
      name: "status", title: "Status",
      columns: [
        Column(name: "source", type: .word), Column(name: "vendor", type: .word),
        Column(name: "runners", type: .integer), Column(name: "runs", type: .integer),
        Column(name: "last_visit", type: .instant), Column(name: "last_complete", type: .instant),
        Column(name: "age_hours", type: .integer), Column(name: "stale", type: .flag),
        Column(name: "ahead", type: .flag),
      ],
      rows: reads.map { read in
        let size = sizes.first { $0.source == read.source }
        let age =
          ahead.contains(read) ? nil : read.lastComplete.map { max(0, now.milliseconds - $0.milliseconds) / 3_600_000 }
        return [
          .text(read.source), .text(read.vendor), Value(size?.runners), Value(size?.runs), Value(read.lastVisit),
          Value(read.lastComplete), Value(age), Value(isStale(read)),
          Value(ahead.contains(read)),
        ]
      })

    answer.zone = snapshot.zone
    let open = try snapshot.openMonths()
    let closed = try snapshot.closedMonths()
    lines = ["\(snapshot.path), days and months in \(snapshot.zone.name)"]
    if !open.isEmpty {
      lines.append(
        "runs are still open that began in "
          + open.map { "\($0)" + (closed[$0] == nil ? "" : " (closed)") }.joined(separator: ", ")
          + "; no month from then on is final")
    }
    if let first = closed.months.first, let last = closed.months.last {
      lines.append(
        first == last ? "closed: \(first.month)" : "closed: \(first.month) to \(last.month)")
    }
    for reopening in closed.reopenings.filter({ closed[$0.month] == nil }).suffix(3) {
      lines.append("reopened: \(reopening.month) at \(reopening.at.rfc3339): \(reopening.because)")
    }
    for list in try snapshot.incompleteLists().prefix(10) {
      lines.append(
        "\(list.source): \(list.runner.map { "the runs of \($0)" } ?? "the runners") could not be read completely"
          + (list.note.map { " (\($0))" } ?? ""))
    }
    for list in try snapshot.notedLists().prefix(10) {
      lines.append("\(list.source), \(list.runner.map { "the runs of \($0)" } ?? "the runners"): \(list.note ?? "")")
    }
  }
}
