import Runs
import Store

extension Ledger {
  /// All rows of a statement, as text, one line each: values parted by ` | `.
  package func lines(_ sql: String, _ arguments: [String: Value] = [:]) throws -> [String] {
    try values(sql, arguments).map { $0.map(\.plain).joined(separator: " | ") }
  }

  package func values(_ sql: String, _ arguments: [String: Value] = [:]) throws -> [[Value]] {
    try read { snapshot in
      var rows: [[Value]] = []
      try snapshot.rows(of: sql, named: "test", arguments: arguments) { rows.append($0) }
      return rows
    }
  }

  /// Every table but those that say when we looked, and the sums over all tables.
  package func domainTables() throws -> [String: [String]] {
    let names = try lines("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .filter { !["harvest", "coverage", "sequence", "table_digest"].contains($0) }
    var tables: [String: [String]] = [:]
    for name in names { tables[name] = try lines("SELECT * FROM \(name)").sorted() }
    return tables
  }

  /// What is wrong with it: nothing, as a rule.
  package func problems() throws -> [String] {
    try verify().problems
  }
}

extension Value {
  package var plain: String {
    switch self {
    case .null: "–"
    case .integer(let integer): "\(integer)"
    case .real(let real): "\(real)"
    case .text(let text): text
    }
  }
}
