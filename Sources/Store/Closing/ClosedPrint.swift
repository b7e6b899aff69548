import GRDB
import Runs
import SQLFiles

/// What a closing wrote, summed up: the cost of the month's own lines, and a digest of everything that was written.
/// `verify` works both out again.
///
/// The digest shows that rows were changed. It does not protect them from somebody who writes a new digest too.
struct ClosedPrint {
  private(set) var runs: Int64 = 0
  /// Lines of months closed before.
  private(set) var corrections = 0
  private var costs: [String: Money] = [:]
  private var fingerprint = Fingerprint()

  init(of month: WrittenMonth, _ db: Database) throws {
    for value in month.header { add(value) }
    try WrittenLine.each(db, ["month": .text(month.month)]) { line in
      for value in line.values { add(value) }
      guard line.month == line.closedWith else {
        corrections += 1
        return
      }
      runs += line.runs
      // No time says nothing of the cost of time that has no price.
      guard let price = line.priceSecond, line.billed != 0 else { return }
      let currency = line.currency ?? ""
      costs[currency, default: .zero] =
        try costs[currency, default: .zero].adding(Money(milliseconds: line.billed, at: Price(kept: price)))
    }
  }

  /// `0.0760095 EUR, 0.0192 USD`
  var cost: String {
    costs.sorted { $0.key < $1.key }.map { $0.key.isEmpty ? "\($0.value)" : "\($0.value) \($0.key)" }
      .joined(separator: ", ")
  }

  var digest: String { fingerprint.digits }

  /// Each value with its kind in front and an end behind, so that no two lists of values read alike.
  private mutating func add(_ value: Value) {
    let text =
      switch value {
      case .null: "n"
      case .integer(let integer): "i\(integer)"
      case .real(let real): "r\(real)"
      case .text(let text): "t\(text.utf8.count):\(text)"
      }
    fingerprint.add(text + ";")
  }
}

extension ClosedPrint {
  /// What is wrong with what closings wrote: a sentence for each month that is not as it was.
  static func problems(_ db: Database) throws -> [String] {
    var problems: [String] = []
    let months = try WrittenMonth.all(db)
    for written in months {
      let month = written.month
      let print = try ClosedPrint(of: written, db)
      if print.cost != written.cost {
        problems.append("closed month \(month): its lines cost \(print.cost), it was closed with \(written.cost)")
      } else if print.digest != written.digest {
        problems.append("closed month \(month): what its closing wrote was changed afterwards")
      }
    }
    for (one, other) in zip(months, months.dropFirst()) where Month(one.month)?.next != Month(other.month) {
      problems.append("closed month \(other.month): it does not follow \(one.month)")
    }
    return problems
  }
}

/// A row of `closed_month`.
struct WrittenMonth: QueryRow {
  static let queries = [Query.selectClosedMonthsWhole]
  enum Column: Int, ColumnName { case month, firstDay, endDay, sequence, timeZone, forcedBecause, cost, digest }

  var month: String
  /// All of it but cost and digest.
  var header: [Value]
  var cost: String
  var digest: String

  init(_ row: NamedRow<Column>) {
    month = row[.month]
    header = [.month, .firstDay, .endDay, .sequence, .timeZone, .forcedBecause].map(row.value)
    cost = row[.cost]
    digest = row[.digest]
  }
}

/// A row of `closed_line`.
struct WrittenLine: QueryRow {
  static let queries = [Query.selectClosedLines]
  enum Column: Int, ColumnName {
    case closedLineID, closedWith, month, runnerID, instanceTypeID, source, runner, runnerExternalID, instanceType
    case priceSecond, currency, assumed, outcome, runs, timedRuns, runtime, billed
  }

  /// All of it.
  var values: [Value]
  var closedWith: String
  var month: String
  var priceSecond: String?
  var currency: String?
  var runs: Int64
  var billed: Int64

  init(_ row: NamedRow<Column>) {
    values = Column.allCases.map(row.value)
    closedWith = row[.closedWith]
    month = row[.month]
    priceSecond = row[.priceSecond]
    currency = row[.currency]
    runs = row[.runs]
    billed = row[.billed]
  }
}
