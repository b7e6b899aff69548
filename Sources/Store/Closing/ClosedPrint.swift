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

  init(of closing: WrittenClosing, _ db: Database) throws {
    for value in closing.header { add(value) }
    try WrittenLine.each(db, ["closing_id": .integer(closing.id)]) { line in
      for value in line.values { add(value) }
      guard line.month == closing.month else {
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
  /// What is wrong with what closings wrote: a sentence for each that is not as it was, also of those that were reopened.
  static func problems(_ db: Database) throws -> [String] {
    var problems: [String] = []
    let closings = try WrittenClosing.all(db)
    for closing in closings {
      let print = try ClosedPrint(of: closing, db)
      let name = (closing.reopenedBy == nil ? "closed month " : "reopened closing of ") + closing.month
      if print.cost != closing.cost {
        problems.append("\(name): its lines cost \(print.cost), it was closed with \(closing.cost)")
      } else if print.digest != closing.digest {
        problems.append("\(name): what its closing wrote was changed afterwards")
      }
    }
    let inForce = closings.filter { $0.reopenedBy == nil }.map(\.month).sorted()
    for (one, other) in zip(inForce, inForce.dropFirst()) where Month(one)?.next != Month(other) {
      problems.append("closed month \(other): it does not follow \(one)")
    }
    return try problems + WrittenClosing.reopeningProblems(closings, db)
  }
}

/// A row of `closing`.
struct WrittenClosing: QueryRow {
  static let queries = [Query.selectClosings]
  enum Column: Int, ColumnName {
    case closingID, month, firstDay, endDay, sequence, timeZone, forcedBecause, cost, digest, reopenedBy
    case reopenedBecause
  }

  var id: Int64
  var month: String
  /// What never changes, but cost and digest.
  var header: [Value]
  var cost: String
  var digest: String
  /// The event that took it back; nil while it is in force.
  var reopenedBy: Int64?
  var reopenedBecause: String?

  init(_ row: NamedRow<Column>) {
    id = row[.closingID]
    month = row[.month]
    header = [.closingID, .month, .firstDay, .endDay, .sequence, .timeZone, .forcedBecause].map(row.value)
    cost = row[.cost]
    digest = row[.digest]
    reopenedBy = row[.reopenedBy]
    reopenedBecause = row[.reopenedBecause]
  }
}

/// A row of `closing_line`.
struct WrittenLine: QueryRow {
  static let queries = [Query.selectClosingLines]
  enum Column: Int, ColumnName {
    case closingLineID, closingID, month, runnerID, instanceTypeID, source, runner, runnerExternalID, instanceType
    case priceSecond, currency, assumed, outcome, runs, timedRuns, runtime, billed
  }

  /// All of it.
  var values: [Value]
  var month: String
  var priceSecond: String?
  var currency: String?
  var runs: Int64
  var billed: Int64

  init(_ row: NamedRow<Column>) {
    values = Column.allCases.map(row.value)
    month = row[.month]
    priceSecond = row[.priceSecond]
    currency = row[.currency]
    runs = row[.runs]
    billed = row[.billed]
  }
}
