import Foundation
import GRDB
import GRDBSQLite
import Runs

/// What a statement gave one of our functions, read as what the function expects.
///
/// Null is passed on as nil. Anything else that does not fit is an error that names the function: a null in its place
/// would be a wrong number that nobody notices, and an instant taken for a day would leave the range of integers.
struct FunctionArguments {
  let function: String
  private let storage: Storage

  private enum Storage {
    /// Where SQLite has them: for functions of one row.
    case inPlace(UnsafeMutablePointer<OpaquePointer?>)
    /// As the library hands them to aggregates.
    case copied([DatabaseValue])
  }

  init(function: String, arguments: UnsafeMutablePointer<OpaquePointer?>) {
    self.function = function
    storage = .inPlace(arguments)
  }

  init(function: String, values: [DatabaseValue]) {
    self.function = function
    storage = .copied(values)
  }

  private func value(_ index: Int, _ expected: String) throws -> Value {
    switch storage {
    case .copied(let values):
      switch values[index].storage {
      case .null: return .null
      case .int64(let integer): return .integer(integer)
      case .double(let real): return .real(real)
      case .string(let text): return .text(text)
      case .blob: throw misfit(index, "bytes", expected)
      }
    case .inPlace(let arguments):
      let argument = arguments[index]
      switch sqlite3_value_type(argument) {
      case SQLITE_NULL: return .null
      case SQLITE_INTEGER: return .integer(sqlite3_value_int64(argument))
      case SQLITE_FLOAT: return .real(sqlite3_value_double(argument))
      case SQLITE_TEXT: return .text(sqlite3_value_text(argument).map { String(cString: $0) } ?? "")
      default: throw misfit(index, "bytes", expected)
      }
    }
  }

  func integer(_ index: Int) throws -> Int64? {
    try integer(index, "a whole number")
  }

  private func integer(_ index: Int, _ expected: String) throws -> Int64? {
    switch try value(index, expected) {
    case .null: return nil
    case .integer(let integer): return integer
    case .real(let real):
      guard let integer = Int64(exactly: real) else { throw misfit(index, "\(real)", expected) }
      return integer
    case .text(let text): throw misfit(index, text.debugDescription, expected)
    }
  }

  /// Milliseconds since 1970.
  func instant(_ index: Int) throws -> Instant? {
    let expected = "an instant in milliseconds since 1970"
    guard let milliseconds = try integer(index, expected) else { return nil }
    guard FunctionArguments.instants.contains(milliseconds) else { throw misfit(index, "\(milliseconds)", expected) }
    return Instant(milliseconds: milliseconds)
  }

  /// Days since 1970.
  func day(_ index: Int) throws -> LocalDay? {
    let expected = "a day in days since 1970"
    guard let number = try integer(index, expected) else { return nil }
    guard FunctionArguments.days.contains(number) else { throw misfit(index, "\(number)", expected) }
    return LocalDay(number: number)
  }

  /// `2026-01`
  func month(_ index: Int) throws -> Month? {
    let expected = "a month such as 2026-01"
    switch try value(index, expected) {
    case .null: return nil
    case .text(let text):
      guard let month = Month(text) else { throw misfit(index, text.debugDescription, expected) }
      return month
    case .integer(let integer): throw misfit(index, "\(integer)", expected)
    case .real(let real): throw misfit(index, "\(real)", expected)
    }
  }

  /// A whole number from 0 to 100.
  func percent(_ index: Int) throws -> Int64 {
    let expected = "a whole number from 0 to 100"
    guard let percent = try integer(index, expected) else { throw misfit(index, "NULL", expected) }
    guard (0...100).contains(percent) else { throw misfit(index, "\(percent)", expected) }
    return percent
  }

  func interval(_ index: Int) throws -> ReportInterval? {
    let expected = FunctionArguments.intervals
    switch try value(index, expected) {
    case .null: return nil
    case .text(let word):
      guard let interval = ReportInterval(word) else { throw misfit(index, word.debugDescription, expected) }
      return interval
    case .integer(let integer): throw misfit(index, "\(integer)", expected)
    case .real(let real): throw misfit(index, "\(real)", expected)
    }
  }

  /// Exact decimal text; a number with a fraction has lost its exactness before it came here.
  func decimal(_ index: Int) throws -> String? {
    let expected = "exact decimal text"
    return switch try value(index, expected) {
    case .null: nil
    case .text(let text): text
    case .integer(let integer): String(integer)
    case .real(let real): throw misfit(index, "\(real)", expected)
    }
  }

  /// Packed times; only aggregates are given them.
  func times(_ index: Int) throws -> Data? {
    let expected = "packed times, as run_day_times has them"
    guard case .copied(let values) = storage else { throw misfit(index, "an argument in place", expected) }
    return switch values[index].storage {
    case .null: nil
    case .blob(let data): data
    case .int64(let integer): throw misfit(index, "\(integer)", expected)
    case .double(let real): throw misfit(index, "\(real)", expected)
    case .string(let text): throw misfit(index, text.debugDescription, expected)
    }
  }

  private static let intervals = "one of \(ReportInterval.allCases.map(\.rawValue).joined(separator: ", "))"

  /// From long before 1970 to the year 9999 and a little more: what RFC 3339 can say.
  static let instants = Instant.distantPast.milliseconds...300_000_000_000_000
  private static let days = instants.lowerBound / 86_400_000...instants.upperBound / 86_400_000

  private func misfit(_ index: Int, _ value: String, _ expected: String) -> FunctionError {
    FunctionError(function: function, position: index + 1, value: value, expected: expected)
  }
}

/// A function of ours was given what it cannot use.
struct FunctionError: Error, CustomStringConvertible {
  var function: String
  var position: Int
  var value: String
  var expected: String

  var description: String { "\(function)(): argument \(position) is \(value); expected \(expected)" }
}
