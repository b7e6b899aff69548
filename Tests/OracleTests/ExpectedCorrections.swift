import Runs

/// What changed in closed months: what is known now, less what was known at the closing.
extension PlainQuestion {
  struct CorrectedLine: Hashable {
    var month: String
    var runner: Int
    var type: String?
    var price: PlainDecimal?
    var currency: String?
    var isAssumed: Bool
    var outcome: String
  }

  struct CorrectedSums: Equatable {
    var runs: Int64 = 0
    var timed: Int64 = 0
    var runtime: Int64 = 0
    var billed: Int64 = 0

    mutating func add(_ other: CorrectedSums, times factor: Int64 = 1) {
      runs += factor * other.runs
      timed += factor * other.timed
      runtime += factor * other.runtime
      billed += factor * other.billed
    }
  }

  /// The lines of the tally of one month.
  func lines(of month: PlainClosing) -> [CorrectedLine: CorrectedSums] {
    var lines: [CorrectedLine: CorrectedSums] = [:]
    func line(_ run: PricedRun, _ place: PlainPricing.Place) -> CorrectedLine {
      CorrectedLine(
        month: month.month, runner: run.run.runner, type: place.type, price: price(place),
        currency: currency(place, run.run.runner), isAssumed: place.isAssumed, outcome: run.run.outcome)
    }
    for run in runs {
      if (month.first..<month.end).contains(run.day) {
        lines[line(run, run.place), default: CorrectedSums()].add(
          CorrectedSums(runs: 1, timed: run.start == nil ? 0 : 1, runtime: run.runtime ?? 0))
      }
      for piece in run.pieces where (month.first..<month.end).contains(piece.day) {
        lines[line(run, piece.place), default: CorrectedSums()].add(CorrectedSums(billed: piece.billed))
      }
    }
    return lines
  }

  /// What no closing has written down yet: it counts in the first month that is not closed.
  var pendingCorrections: [CorrectedLine: CorrectedSums] {
    var all: [CorrectedLine: CorrectedSums] = [:]
    for closing in closings {
      for (line, sums) in lines(of: closing) { all[line, default: CorrectedSums()].add(sums) }
      for (line, sums) in asked(at: closing).lines(of: closing) {
        all[line, default: CorrectedSums()].add(sums, times: -1)
      }
    }
    return all.filter { $0.value != CorrectedSums() }
  }

  /// The day that corrections count on, where the period has it.
  var discovered: Int64? { closings.last.map(\.end).flatMap { period.contains($0) ? $0 : nil } }

  func corrections() -> [[Value]] {
    guard let discovered else { return [] }
    struct Key: Hashable {
      var month: String
      var runner: Int
      var type: String?
      var price: PlainDecimal?
      var isAssumed: Bool
      var currency: String?
    }
    struct Sums {
      var all = CorrectedSums()
      var wasted: Int64 = 0
      var unpriced: Int64 = 0
    }
    var sums: [Key: Sums] = [:]
    for (line, change) in pendingCorrections {
      let key = Key(
        month: line.month, runner: line.runner, type: view.typeName(line.type, of: line.runner), price: line.price,
        isAssumed: line.isAssumed, currency: line.currency)
      sums[key, default: Sums()].all.add(change)
      if PlainOutcome.isWasted(line.outcome) { sums[key, default: Sums()].wasted += change.billed }
      if line.price == nil { sums[key, default: Sums()].unpriced += change.timed }
    }
    let rows = sums.compactMap { key, sums -> ExpectedRow? in
      let all = sums.all
      if [all.runs, all.runtime, all.billed, sums.wasted, sums.unpriced].allSatisfy({ $0 == 0 }) { return nil }
      let (source, runner) = (view.sourceName(of: key.runner), view.told.runners[key.runner])
      let month = PlainCalendar.month(of: discovered)
      return ExpectedRow(
        keys: [
          .of(month), .of(key.month), .of(source), .of(runner.newest.name), .of(runner.id), .of(key.type),
          key.price.map { .amount($0) } ?? .missing, .of(key.isAssumed ? 1 : 0), .of(key.currency),
        ],
        values: [
          .text(key.month), .text(month), .text(source), .text(runner.newest.name), .text(runner.id), Value(key.type),
          Value(key.price), Value(key.isAssumed), .integer(all.runs), .integer(all.runtime), .integer(all.billed),
          PlainQuestion.cost(all.billed, key.price), PlainQuestion.cost(sums.wasted, key.price),
          .integer(sums.unpriced), Value(key.currency), .null, .null,
        ])
    }
    return ExpectedRow.sorted(rows)
  }

  /// By currency, which closed months corrections of the period are of, and what they come to.
  func correctionSums() -> [String?: (months: Set<String>, cost: Value)] {
    guard discovered != nil else { return [:] }
    var months: [String?: Set<String>] = [:]
    var times: [String?: [PlainDecimal?: Int64]] = [:]
    for (line, change) in pendingCorrections {
      months[line.currency, default: []].insert(line.month)
      if change.billed != 0 { times[line.currency, default: [:]][line.price, default: 0] += change.billed }
    }
    return months.reduce(into: [:]) { sums, entry in
      let used = times[entry.key] ?? [:]
      var (up, down) = (PlainDecimal.nothing, PlainDecimal.nothing)
      for (price, time) in used {
        guard let amount = price?.times(milliseconds: abs(time)) else { continue }
        if time < 0 { down = down + amount } else { up = up + amount }
      }
      let isKnown = used.isEmpty || used.keys.contains { $0 != nil }
      let text = up < down ? "-" + (down - up).text : (up - down).text
      sums[entry.key] = (entry.value, isKnown ? .text(text) : .null)
    }
  }

  /// Of a time that may be below 0; nothing costs nothing.
  static func cost(_ milliseconds: Int64, _ price: PlainDecimal?) -> Value {
    if milliseconds == 0 { return .text("0") }
    guard let amount = price?.times(milliseconds: abs(milliseconds)) else { return .null }
    return .text((milliseconds < 0 && amount > .nothing ? "-" : "") + amount.text)
  }
}
