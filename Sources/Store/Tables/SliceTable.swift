import GRDB
import GRDBSQLite
import Runs

/// `slices(runner_id, started_at, ended_at)`: a table-valued function with the slices of one run, cut by the same
/// slicer that keeps the tally, so that what a report lists and what it sums cannot differ. Where another entry of the
/// price history begins and says the same price, a slice goes on.
///
/// Columns: day, from_at, to_at, instance_type_id, price_id, assumed, billed. A null argument gives no rows.
enum SliceTable {
  fileprivate static let firstArgument: CInt = 7

  static func register(in db: Database, book: PriceBook) throws {
    let source = SliceSource(book)
    let table = VirtualTable(
      name: "slices",
      columns: """
        day INTEGER, from_at INTEGER, to_at INTEGER, instance_type_id INTEGER, price_id INTEGER, assumed INTEGER,
        billed INTEGER, runner HIDDEN, started HIDDEN, ended HIDDEN
        """,
      firstArgument: firstArgument, argumentCount: 3, estimatedRows: 2, open: { SliceCursor(source: source) })
    try table.register(in: db)
  }
}

private final class SliceSource {
  var slicer: Slicer

  init(_ book: PriceBook) {
    slicer = Slicer(book: book)
  }
}

private final class SliceCursor: VirtualCursor {
  private let source: SliceSource
  private var slices: [Slice] = []
  /// SQLite asks for them again where a statement compares them a second time.
  private var arguments: [Int64] = []
  private(set) var index = 0

  init(source: SliceSource) {
    self.source = source
  }

  var isAtEnd: Bool { index >= slices.count }

  func start(_ arguments: VirtualArguments) -> CInt {
    index = 0
    (slices, self.arguments) = ([], [])
    if let runner = arguments.integer(0), let start = arguments.integer(1), let end = arguments.integer(2) {
      let known = FunctionArguments.instants
      self.arguments = [runner, start, end]
      guard known.contains(start), known.contains(end) else { return SQLITE_RANGE }
      slices = source.slicer.slices(
        of: runner, from: Instant(milliseconds: start), until: Instant(milliseconds: end)
      ).joined(in: source.slicer.book)
    }
    return SQLITE_OK
  }

  func advance() {
    index += 1
  }

  func give(_ column: CInt, to context: OpaquePointer?) {
    let slice = slices[index]
    switch column {
    case 0: sqlite3_result_int64(context, slice.day.number)
    case 1: sqlite3_result_int64(context, slice.from.milliseconds)
    case 2: sqlite3_result_int64(context, slice.until.milliseconds)
    case 3: sqlite3_result_int64(context, slice.instanceType)
    case 4: sqlite3_result_int64(context, slice.price)
    case 5: sqlite3_result_int64(context, slice.isAssumed ? 1 : 0)
    case 6: sqlite3_result_int64(context, slice.billed)
    default: sqlite3_result_int64(context, arguments[Int(column - SliceTable.firstArgument)])
    }
  }
}

extension [Slice] {
  /// Neighbours on one day at one price are one slice; it has the id of the first of them.
  fileprivate func joined(in book: PriceBook) -> [Slice] {
    guard count > 1 else { return self }
    var joined: [Slice] = []
    for slice in self {
      if let last = joined.last, last.day == slice.day, last.instanceType == slice.instanceType,
        last.isAssumed == slice.isAssumed, book.priceIsSame(last.price, slice.price)
      {
        joined[joined.count - 1].until = slice.until
        joined[joined.count - 1].billed += slice.billed
      } else {
        joined.append(slice)
      }
    }
    return joined
  }
}

extension PriceBook {
  /// Whether two entries say the same price in the same currency.
  fileprivate func priceIsSame(_ one: Int64, _ other: Int64) -> Bool {
    if one == other { return true }
    guard let one = entry(id: one), let other = entry(id: other) else { return false }
    return one.price == other.price && one.currency == other.currency
  }
}
