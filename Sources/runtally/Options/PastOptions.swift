import ArgumentParser
import Runs
import Store

/// As of which point of its history a ledger is asked.
struct PastOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the ledger knew after an event of `runtally log`, such as '#12', or at an instant, such as 2026-03-01T06:00:00Z.",
      valueName: "point"))
  var asOf: String?

  func validate() throws {
    if let asOf, PastPoint(asOf) == nil { throw ValidationError("--as-of \"\(asOf)\": \(PastOptions.expected)") }
  }

  static let expected = "expected an event such as '#12', or an instant with its offset such as 2026-03-01T06:00:00Z."

  /// Opens a ledger for reading, as it is or as it was.
  func open(_ path: String) throws -> Ledger { try PastOptions.open(path, asOf) }

  /// - Parameter point: as it is typed; nil for the ledger as it is.
  static func open(_ path: String, _ point: String?) throws -> Ledger {
    let ledger = try ReadLedger.open(path)
    guard let point = point.flatMap(PastPoint.init) else { return ledger }
    defer { ledger.close() }
    return try ledger.past(point)
  }
}

extension PastEvent {
  /// What is said below everything that was asked of the past.
  ///
  /// - Parameter tellsSigns: the answer may have signs of life of runners in it.
  func line(tellsSigns: Bool = false) -> String {
    var parts = [
      "as of #\(sequence), \(kind)" + (source.map { " of \($0)" } ?? "") + ", over at \(endedAt)",
      "labels, accounts and budgets are those of the configuration now",
    ]
    if !gone.isEmpty {
      parts.append(
        "what \(gone.map { "#\($0)" }.joined(separator: ", ")) brought was taken back since, and is not in it")
    }
    if tellsSigns, unknownSigns > 0 {
      parts.append("the last sign of life of \(unknownSigns.counted("runner")) was not kept")
    }
    return parts.joined(separator: "; ")
  }
}
