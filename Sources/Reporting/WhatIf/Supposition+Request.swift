import Runs
import Store

extension Supposition {
  /// What a request means for the runners that it selects.
  ///
  /// - Throws: ``WhatIfError`` for an instance type that is not there, naming what is near, or that nothing prices.
  init(
    _ request: WhatIfRequest, runners: [Snapshot.SupposedRunner], types: [Snapshot.KnownInstanceType]
  ) throws(WhatIfError) {
    self.init()
    let sources = Set(runners.map(\.source)).sorted()
    let mine = types.filter { sources.contains($0.source) }
    var priced: Set<Int64> = []
    let general = request.prices.filter { $0.instanceType == nil }
    if general.count > 1 { throw .pricedTwice(instanceType: nil, general.map(\.price)) }
    // The last one that matches wins, so what is said of everything comes first.
    for supposed in general + request.prices.filter({ $0.instanceType != nil }) {
      guard let wanted = supposed.instanceType else {
        for runner in runners { prices.append((.runner(runner.id), supposed.price, runner.currency)) }
        priced.formUnion(mine.map(\.id))
        continue
      }
      let meant = sources.compactMap { mine.of($0).named(wanted) }
      if meant.isEmpty { throw mine.unknown(wanted, of: nil) }
      for type in meant {
        // Also where the two call it by its id and by its name.
        let known = prices.first { $0.subject == .instanceType(type.id) }
        if let known { throw .pricedTwice(instanceType: wanted, [known.price, supposed.price]) }
        prices.append((.instanceType(type.id), supposed.price, type.currency))
      }
      priced.formUnion(meant.map(\.id))
    }
    guard let wanted = request.instanceType else { return }
    for source in sources {
      guard let type = mine.of(source).named(wanted) else { throw mine.of(source).unknown(wanted, of: source) }
      guard type.isPriced || priced.contains(type.id) else { throw .unpriced(instanceType: wanted, source: source) }
      for runner in runners where runner.source == source { instanceTypes[runner.id] = type.id }
    }
  }
}

extension [Snapshot.KnownInstanceType] {
  fileprivate func of(_ source: String) -> Self { filter { $0.source == source } }

  /// By the vendor's id; else by the slug; else by the name; the newest of several.
  fileprivate func named(_ wanted: String) -> Element? {
    last { $0.externalID == wanted } ?? last { $0.slug == wanted } ?? last { $0.name == wanted }
  }

  fileprivate func unknown(_ wanted: String, of source: String?) -> WhatIfError {
    let names = Set(map { $0.slug ?? $0.name ?? $0.externalID }).sorted()
    return .unknownInstanceType(
      wanted, source: source, near: [String](names.nearest(to: wanted).prefix(3)), known: names)
  }
}
