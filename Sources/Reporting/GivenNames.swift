import Foundation
import Store

/// What the user calls things beside what the vendors call them: accounts of sources and labels of runners.
///
/// It is read when a report is made and never written, so another name moves no cost.
public struct GivenNames: Equatable, Sendable {
  /// What runners can be grouped by beside what the ledger knows.
  public var labels: [RunnerLabel]
  /// By the name of the source.
  public var accounts: [String: Account]

  /// Whom a source's bills are addressed to.
  public struct Account: Equatable, Sendable {
    public var id: String?
    public var name: String?

    public init(id: String? = nil, name: String? = nil) {
      self.id = id
      self.name = name
    }
  }

  public init(labels: [RunnerLabel] = [], accounts: [String: Account] = [:]) {
    self.labels = labels
    self.accounts = accounts
  }

  /// `{"cost_center":"4711"}`, with sorted keys.
  static func json(_ labels: [String: String]) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts always have a form in JSON.
    return (try? encoder.encode(labels)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
