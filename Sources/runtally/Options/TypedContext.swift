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

  /// What stands behind the last of these options.
  func value(of options: [String]) -> String? {
    for (index, word) in words.enumerated().reversed() {
      if options.contains(word) {
        // Bash makes three words of --source=production.
        let rest = words[(index + 1)...].drop { $0 == "=" }
        return rest.first.flatMap { $0.isEmpty || $0.hasPrefix("-") ? nil : $0 }
      }
      if let option = options.first(where: { word.hasPrefix($0 + "=") }) {
        return String(word.dropFirst(option.count + 1))
      }
    }
    return nil
  }

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
