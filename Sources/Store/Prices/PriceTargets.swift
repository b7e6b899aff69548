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
    PriceTargets(try RunnerTarget.all(db).map(\.target) + InstanceTypeTarget.all(db).map(\.target))
  }
}

struct RunnerTarget: QueryRow {
  static let queries = [Query.selectPriceRunners]
  enum Column: Int, ColumnName { case runnerID, sourceID, externalID, name, labels }

  var target: PriceTargets.Target

  init(_ row: NamedRow<Column>) throws {
    let labels: String? = row[.labels]
    target = PriceTargets.Target(
      subject: .runner(row[.runnerID]), source: row[.sourceID], id: row[.externalID], names: [row[.name]],
      labels: try labels.map { try JSONDecoder().decode([String].self, from: Data($0.utf8)) } ?? [])
  }
}

struct InstanceTypeTarget: QueryRow {
  static let queries = [Query.selectPriceInstanceTypes]
  enum Column: Int, ColumnName { case instanceTypeID, sourceID, externalID, slug, name }

  var target: PriceTargets.Target

  init(_ row: NamedRow<Column>) {
    target = PriceTargets.Target(
      subject: .instanceType(row[.instanceTypeID]), source: row[.sourceID], id: row[.externalID],
      names: [row[.slug], row[.name]].compactMap(\.self))
  }
}
