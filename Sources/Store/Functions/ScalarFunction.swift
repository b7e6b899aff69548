import GRDB
import GRDBSQLite

/// A function of one row that report statements may call.
///
/// It reads SQLite's arguments where they are and answers in place. A report of every run calls six of these a row, and
/// an array of arguments for each call was measured to cost as much as what they compute.
struct ScalarFunction: Sendable {
  let name: String
  let argumentCount: Int
  let body: @Sendable (FunctionArguments) throws -> (any FunctionResult)?

  /// A function of fixed arity that answers the same for the same arguments.
  static func pure(
    _ name: String, _ count: Int, _ body: @escaping @Sendable (FunctionArguments) throws -> (any FunctionResult)?
  ) -> ScalarFunction {
    ScalarFunction(name: name, argumentCount: count, body: body)
  }

  func register(in db: Database) throws {
    let code = sqlite3_create_function_v2(
      db.sqliteConnection, name, CInt(argumentCount), SQLITE_UTF8 | SQLITE_DETERMINISTIC,
      Unmanaged.passRetained(Box(self)).toOpaque(),
      { context, _, arguments in
        guard let context, let arguments, let box = sqlite3_user_data(context) else { return }
        Unmanaged<Box>.fromOpaque(box).takeUnretainedValue().function.answer(arguments, to: context)
      },
      nil, nil,
      { box in box.map { Unmanaged<Box>.fromOpaque($0).release() } })
    guard code == SQLITE_OK else {
      throw LedgerError.database(action: "registering \(name)()", reason: "SQLite error \(code)")
    }
  }

  private func answer(_ arguments: UnsafeMutablePointer<OpaquePointer?>, to context: OpaquePointer) {
    do {
      let given = FunctionArguments(function: name, arguments: arguments)
      guard let result = try body(given) else { return sqlite3_result_null(context) }
      result.give(to: context)
    } catch {
      sqlite3_result_error(context, "\(error)", -1)
    }
  }

  /// SQLite keeps a pointer, and a pointer needs an object.
  private final class Box {
    let function: ScalarFunction

    init(_ function: ScalarFunction) {
      self.function = function
    }
  }
}

/// What a function may answer with.
protocol FunctionResult {
  func give(to context: OpaquePointer)
}

extension Int64: FunctionResult {
  func give(to context: OpaquePointer) { sqlite3_result_int64(context, self) }
}

extension Bool: FunctionResult {
  func give(to context: OpaquePointer) { sqlite3_result_int64(context, self ? 1 : 0) }
}

extension Double: FunctionResult {
  func give(to context: OpaquePointer) { sqlite3_result_double(context, self) }
}

extension String: FunctionResult {
  func give(to context: OpaquePointer) { sqlite3_result_text(context, self, CInt(utf8.count), transient) }
}
