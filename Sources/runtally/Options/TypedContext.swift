import Foundation
import Store

/// A command line that is being typed, as far as it tells which ledger is meant.
///
///     TypedContext(["runtally", "report", "runs", "--database=other.sqlite", "--source", ""])   // reads other.sqlite
///
/// Whatever is wrong with it, a shell is offered nothing rather than told an error in the middle of a line.
struct TypedContext {
  private let words: [String]

  /// - Parameter words: as they were typed, which may be in quotation marks.
  init(_ words: [String]) {
    self.words = words.map { $0.filter { !"'\"\\".contains($0) } }
  }

  /// What stands behind each of these options.
  func values(of options: [String]) -> [String] {
    words.enumerated().compactMap { index, word in
      if options.contains(word) {
        // Bash makes three words of --source=production.
        let rest = words[(index + 1)...].drop { $0 == "=" }
        return rest.first.flatMap { $0.isEmpty || $0.hasPrefix("-") ? nil : $0 }
      }
      return options.first { word.hasPrefix($0 + "=") }.map { String(word.dropFirst($0.count + 1)) }
    }
  }

  /// What stands behind one that is given once.
  func value(of options: [String]) -> String? { values(of: options).last }

  func configuration() throws -> Configuration {
    var configuration = try Configuration.find(
      named: value(of: ["--config"]), environment: ProcessInfo.processInfo.environment)
    if let database = value(of: ["--database", "--ledger"]) { configuration.database = database }
    return configuration
  }

  func read<T>(_ body: (Snapshot) throws -> T) throws -> T {
    try ReadLedger.open(try configuration().database).read(body)
  }
}
