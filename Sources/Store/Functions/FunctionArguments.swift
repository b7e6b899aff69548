import GRDB
import Runs

/// What a statement gave one of our functions, read as what the function expects.
///
/// Null is passed on as nil. Anything else that does not fit is an error that names the function: a null in its place
/// would be a wrong number that nobody notices, and an instant taken for a day would leave the range of integers.
struct FunctionArguments {
  let function: String
  let values: [DatabaseValue]

  func integer(_ index: Int) throws -> Int64? {
    if values[index].isNull { return nil }
    guard let integer = Int64.fromDatabaseValue(values[index]) else { throw misfit(index, "a whole number") }
    return integer
  }

  /// Milliseconds since 1970.
  func instant(_ index: Int) throws -> Instant? {
    guard let milliseconds = try integer(index) else { return nil }
    guard FunctionArguments.instants.contains(milliseconds) else {
      throw misfit(index, "an instant in milliseconds since 1970")
    }
    return Instant(milliseconds: milliseconds)
  }

  /// Days since 1970.
  func day(_ index: Int) throws -> LocalDay? {
    guard let number = try integer(index) else { return nil }
    guard FunctionArguments.days.contains(number) else { throw misfit(index, "a day in days since 1970") }
    return LocalDay(number: number)
  }

  /// A whole number from 0 to 100.
  func percent(_ index: Int) throws -> Int64 {
    guard let percent = try integer(index), (0...100).contains(percent) else {
      throw misfit(index, "a whole number from 0 to 100")
    }
    return percent
  }

  func interval(_ index: Int) throws -> ReportInterval? {
    if values[index].isNull { return nil }
    guard let interval = ReportInterval(String.fromDatabaseValue(values[index])) else {
      throw misfit(index, "one of \(ReportInterval.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return interval
  }

  /// Exact decimal text; a number with a fraction has lost its exactness before it came here.
  func decimal(_ index: Int) throws -> String? {
    switch values[index].storage {
    case .null: nil
    case .string(let text): text
    case .int64(let integer): String(integer)
    case .double, .blob: throw misfit(index, "exact decimal text")
    }
  }

  /// From long before 1970 to the year 9999 and a little more: what RFC 3339 can say.
  static let instants = Instant.distantPast.milliseconds...300_000_000_000_000
  private static let days = instants.lowerBound / 86_400_000...instants.upperBound / 86_400_000

  private func misfit(_ index: Int, _ expected: String) -> FunctionError {
    FunctionError(function: function, position: index + 1, value: "\(values[index])", expected: expected)
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

extension DatabaseFunction {
  /// A function of fixed arity that answers the same for the same arguments.
  static func pure(
    _ name: String, _ count: Int,
    _ body: @escaping @Sendable (FunctionArguments) throws -> (any DatabaseValueConvertible)?
  ) -> DatabaseFunction {
    DatabaseFunction(name, argumentCount: count, pure: true) { values in
      try body(FunctionArguments(function: name, values: values))
    }
  }
}
