import Foundation
import GRDB
import Runs
import SQLFiles

/// Everything that a written price can be about: the runners under their newest names and labels, and the instance
/// types.
struct PriceTargets {
  struct Target: Equatable {
    var subject: PriceEntry.Subject
    var source: Int64
    /// By which it is known: the vendor's id, and the names.
    var id: String
    var names: [String]
    var labels: [String] = []
  }

  private let targets: [Target]

  init(_ targets: [Target]) {
    self.targets = targets
  }

  /// What a written price is about now; nothing is no error, for it may come later.
  func matching(_ subject: ConfiguredPrice.Subject, source: Int64) -> [PriceEntry.Subject] {
    of(subject.kind, source).filter { $0.matches(subject) }.map(\.subject)
  }

  /// Names that are near one that matches nothing.
  func near(_ subject: ConfiguredPrice.Subject, source: Int64) -> [String] {
    let names = of(subject.kind, source).flatMap { subject.kind == .label ? $0.labels : $0.names }
    return Array(Set(names).nearest(to: subject.pattern).prefix(3))
  }

  /// Which source each runner is of.
  var sources: [Int64: Int64] {
    var sources: [Int64: Int64] = [:]
    for target in targets {
      if case .runner(let runner) = target.subject { sources[runner] = target.source }
    }
    return sources
  }

  private func of(_ kind: ConfiguredPrice.Subject.Kind, _ source: Int64) -> [Target] {
    targets.filter { target in
      guard target.source == source else { return false }
      return switch target.subject {
      case .runner: kind != .instanceType
      case .instanceType: kind == .instanceType
      }
    }
  }
}

extension PriceTargets.Target {
  fileprivate func matches(_ subject: ConfiguredPrice.Subject) -> Bool {
    if subject.kind == .label { return labels.contains { isNamed($0, subject.pattern) } }
    return id == subject.pattern || names.contains { isNamed($0, subject.pattern) }
  }

  /// By the text itself too: a name may hold the signs of a glob.
  private func isNamed(_ name: String, _ pattern: String) -> Bool {
    name == pattern || fnmatch(pattern, name, 0) == 0
  }
}

extension PriceTargets {
  static func load(_ db: Database) throws -> PriceTargets {
    let decoder = JSONDecoder()
    let runners = try Statement(db, .selectPriceRunners).all { row in
      let labels = try row.text(4).map { try decoder.decode([String].self, from: Data($0.utf8)) }
      return Target(
        subject: .runner(row.count(0)), source: row.count(1), id: row.string(2), names: [row.string(3)],
        labels: labels ?? [])
    }
    let types = try Statement(db, .selectPriceInstanceTypes).all { row in
      Target(
        subject: .instanceType(row.count(0)), source: row.count(1), id: row.string(2),
        names: [row.text(3), row.text(4)].compactMap(\.self))
    }
    return PriceTargets(runners + types)
  }
}
