import Harvest
import Runs
import Store

/// The regions and machines of a source, by all that they are called.
struct NamedThings {
  var source: String
  private var things: [RunnerSetup.Field: [NamedThing]] = [:]

  /// As the ledger knows them, and as runners show them now.
  init(_ source: String, ledger: Ledger, shownBy runners: [LiveRunner] = []) throws {
    self.source = source
    let shown = runners.map(\.record)
    let regions = shown.compactMap(\.region).map { NamedThing(id: $0.id, slug: $0.slug, name: $0.name) }
    let types = shown.compactMap(\.instanceType).map { NamedThing(id: $0.id, slug: $0.slug, name: $0.name) }
    things = try ledger.read { snapshot in
      [
        .region: NamedThings.once(try snapshot.regions(of: source) + regions),
        .instanceType: NamedThings.once(try snapshot.instanceTypes(of: source) + types),
      ]
    }
  }

  private static func once(_ things: [NamedThing]) -> [NamedThing] {
    var seen: Set<String> = []
    return things.filter { seen.insert($0.id).inserted }
  }

  /// The same with ids where names were typed.
  ///
  /// - Parameter check: says what else is wrong with it.
  /// - Throws: ``UnfitAction`` with all that is wrong: names that nothing has, or several have, and what `check` says.
  func resolved(_ setup: RunnerSetup, checkedBy check: (RunnerSetup) throws -> Void = { _ in }) throws -> RunnerSetup {
    var (setup, problems) = (setup, [String]())
    for field in [RunnerSetup.Field.region, .instanceType] {
      guard case .text(let text) = setup[field], !text.isEmpty else { continue }
      do {
        setup[field] = .text(try id(of: field, called: text))
      } catch {
        problems.append(error.reason)
      }
    }
    do {
      try check(setup)
    } catch let unfit as UnfitAction {
      problems = unfit.problems + problems
    }
    guard problems.isEmpty else { throw UnfitAction(problems) }
    return setup
  }

  /// What people call the thing with this id; the id itself where nobody does, and nil for nothing.
  func word(for field: RunnerSetup.Field, _ setting: RunnerSetup.Setting?) -> String? {
    if setting == RunnerSetup.Setting.none { return nil }
    guard case .text(let id) = setting, let thing = things[field]?.first(where: { $0.id == id }) else {
      return setting.map(\.description)
    }
    return thing.slug ?? thing.name ?? thing.id
  }

  private func id(of field: RunnerSetup.Field, called text: String) throws(UsageError) -> String {
    let known = things[field] ?? []
    if let thing = known.first(where: { $0.id == text }) { return thing.id }
    for name in [\NamedThing.slug, \.name] {
      let named = known.filter { $0[keyPath: name] == text }
      if named.count > 1 {
        throw UsageError(
          reason: "\(source) has \(named.count) \(field.words)s called \"\(text)\"; give the id of one: "
            + named.map(\.id).joined(separator: ", "))
      }
      if let only = named.first { return only.id }
    }
    let words = known.map { $0.slug ?? $0.name ?? $0.id }
    throw UsageError(
      reason: "nothing is known of the \(field.words) \"\(text)\" of \(source); "
        + (words.isEmpty ? "run `runtally harvest` first" : "it has \(words.joined(separator: ", "))"))
  }
}

extension OpenAccount {
  /// - Parameter runners: those that are known from the API.
  func things(shownBy runners: [LiveRunner] = []) throws -> NamedThings {
    let ledger = try ReadLedger.open(configuration.database)
    defer { ledger.close() }
    return try NamedThings(source.name, ledger: ledger, shownBy: runners)
  }
}
