import GRDBSQLite

/// What SQL that somebody else wrote may do: read, and call functions.
///
/// A connection that is opened for reading still attaches other files, ends transactions and takes settings, some of
/// them already while a statement is being prepared. SQLite asks these rules about everything that a statement would do,
/// before it does any of it, and also about what table-valued functions prepare of their own while it runs.
final class ReadingRules {
  /// The first thing that was not allowed, in words that follow "would".
  private(set) var refused: String?

  /// Makes a connection ask these rules, until they are withdrawn.
  func apply(to connection: OpaquePointer?) {
    sqlite3_set_authorizer(
      connection,
      { rules, action, first, second, _, _ in
        guard let rules else { return SQLITE_DENY }
        return Unmanaged<ReadingRules>.fromOpaque(rules).takeUnretainedValue()
          .judge(action, first.map { String(cString: $0) }, second.map { String(cString: $0) })
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// GRDB's own authorizer is not set again. It notes for observers what statements write, and a connection that runs
  /// somebody else's SQL has no observers.
  static func withdraw(from connection: OpaquePointer?) {
    sqlite3_set_authorizer(connection, nil, nil)
  }

  private func judge(_ action: CInt, _ first: String?, _ second: String?) -> CInt {
    guard let refusal = ReadingRules.refusal(action, first, second) else { return SQLITE_OK }
    if refused == nil { refused = refusal }
    return SQLITE_DENY
  }

  /// Nil for what is allowed. Whatever a later SQLite invents is not.
  private static func refusal(_ action: CInt, _ first: String?, _ second: String?) -> String? {
    switch action {
    case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: nil
    // So SQLite notes a table-valued function in its schema, in memory only. A statement that says UPDATE is no
    // reading one, and is refused for that.
    case SQLITE_UPDATE where first == "sqlite_master" || first == "sqlite_temp_master": nil
    case SQLITE_FUNCTION: beyondTheLedger.contains((second ?? "").lowercased()) ? "call \(second ?? "")()" : nil
    case SQLITE_PRAGMA: isReading(pragma: first ?? "", value: second) ? nil : "run PRAGMA \(first ?? "")"
    case SQLITE_ATTACH: "attach another file"
    case SQLITE_DETACH: "detach a file"
    case SQLITE_TRANSACTION, SQLITE_SAVEPOINT: "begin or end a transaction"
    default: "change the ledger"
    }
  }

  /// Functions that some builds of SQLite have, and that load code, touch files or take pointers.
  private static let beyondTheLedger: Set<String> = [
    "load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "sqlite_dbpage", "fsdir", "lsmode",
  ]

  /// Those that describe the schema take a name; the others tell a setting when they have no value, and set it else.
  private static func isReading(pragma: String, value: String?) -> Bool {
    let pragma = pragma.lowercased()
    return describing.contains(pragma) || value == nil && telling.contains(pragma)
  }

  private static let describing: Set<String> = [
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
  ]

  private static let telling: Set<String> = [
    "application_id", "collation_list", "compile_options", "database_list", "encoding", "foreign_keys", "function_list",
    "journal_mode", "module_list", "page_count", "page_size", "pragma_list", "user_version",
  ]
}
