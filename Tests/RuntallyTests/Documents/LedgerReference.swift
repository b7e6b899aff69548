import SQLFiles
import Testing

/// What the schema says of a table or a view: the sentence above its definition, and the remark behind each column.
enum LedgerReference {
  static let tables = SQLFiles.migrations.flatMap { migration in
    migration.sql.matches(of: /(?m)^CREATE TABLE (\w+)/).map { String($0.1) }
  }

  static let views = SQLFiles.views.map(\.name)

  /// As Markdown.
  static func lines(of name: String) throws -> [String] {
    let sources = SQLFiles.migrations.map(\.sql) + SQLFiles.views.map(\.sql)
    for source in sources {
      let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      guard
        let start = lines.firstIndex(where: { $0.hasPrefix("CREATE TABLE \(name) (") || $0 == "CREATE VIEW \(name) AS" }
        )
      else { continue }
      let above = lines[..<start].reversed().prefix { $0.hasPrefix("--") }.reversed()
      let sentence = above.map { $0.dropFirst(2).trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
      let body = lines[(start + 1)...].prefix { !$0.hasPrefix(")") && $0.hasPrefix("  ") }
      let remarks = body.compactMap { line in
        line.wholeMatch(of: #/  ([a-z_]+) .*?-- (.+)/#).map { "- `\($0.1)`: \($0.2)." }
      }
      return sentence.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        + (remarks.isEmpty ? [] : [""] + remarks)
    }
    throw Unknown(name: name)
  }

  struct Unknown: Error {
    var name: String
  }
}
