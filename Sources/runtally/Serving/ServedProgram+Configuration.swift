import Export
import Foundation
import Harvest
import Policy
import Reporting
import Runs
import Serve
import Store

/// What a server may ask of this program: the ledger, the configuration, and the answers of the other commands.
extension ServedProgram {
  init(_ configuration: Configuration, log: @escaping @Sendable (ServedLine) -> Void) throws {
    let clock = { @Sendable () -> Instant in (try? ReportClock.now()) ?? .now() }
    self.init(
      generator: Runtally.generator, path: configuration.database,
      configuration: ServedProgram.fingerprint(configuration), now: clock,
      patience: configuration.staleness(now: clock())?.patience,
      open: { try PastOptions.open(configuration.database, $0) },
      settings: { try configuration.reportSettings(of: $0) },
      advice: { $0.advice(for: $1) },
      schema: { try ReportSchema($0).tree },
      answers: ServedAnswer.all(configuration),
      explain: { ledger, question in
        let answer = ExplainAnswer(
          try ledger.read {
            try $0.explain(
              run: question.run, runners: question.runners, anyName: question.anyName, sources: question.sources,
              vendors: Vendors.all.vendors)
          })
        return Explanation(lines: answer.lines, json: answer.json)
      },
      failure: ServedFailure.init, log: log)
  }

  /// What the configuration says is read once; another text is another one.
  private static func fingerprint(_ configuration: Configuration) -> String {
    guard let file = configuration.file else { return "" }
    let text = try? String(contentsOfFile: file, encoding: .utf8)
    return Fingerprint(of: text ?? "\(Instant.now())").digits
  }
}

extension ServedFailure {
  init(_ error: any Error) {
    guard let failure = error as? any Failure else {
      self.init(kind: .failed, sentence: "the answer could not be made")
      return
    }
    let kind: Kind =
      switch failure.status {
      case .wrongUsage: .question
      case .tryLater: .busy
      default: .failed
      }
    self.init(kind: kind, sentence: failure.sentence)
  }
}
