import Runs

/// A run cut up and priced, the slow way: at every instant at which anything could change the question is asked anew.
struct PlainPricing {
  struct Place: Equatable {
    var type: String?
    /// Which line of the price history; nil for what is unpriced.
    var price: Int?
    var isAssumed: Bool
  }

  struct Piece {
    var day: Int64
    var from: Int64
    var until: Int64
    var place: Place
    var billed: Int64
  }

  let told: ToldLedger
  let zone: PlainZone

  /// The price in force at an instant for a runner on the instance type that it had at another.
  func place(of runner: Int, at instant: Int64, typeAt start: Int64) -> Place {
    let source = told.runners[runner].source
    let versions = told.runners[runner].versions
    let number = versions.lastIndex { $0.from <= start }
    let version = versions[number ?? 0]
    var typeIsAssumed = number == nil && version.settings.type != nil
    if let number, number + 1 < versions.count, let unsure = versions[number + 1].unsure, unsure <= start {
      typeIsAssumed = versions[number + 1].settings.type != version.settings.type
    }
    let type = version.settings.type
    let ofType = type.map { ToldLedger.PriceLine.Subject.type(source: source, id: $0) }

    let configured = told.prices.indices.last { index in
      let line = told.prices[index]
      return line.isConfigured && (line.subject == ofType || line.subject == .runner(runner))
        && (line.from.map { $0 <= instant } ?? true) && (line.until.map { instant < $0 } ?? true)
    }
    if let configured {
      let hangsOnType = told.prices[configured].subject == ofType
      return Place(type: type, price: configured, isAssumed: typeIsAssumed && hangsOnType)
    }
    let seen = told.prices.indices.filter { !told.prices[$0].isConfigured && told.prices[$0].subject == ofType }
    guard let first = seen.first else { return Place(type: type, price: nil, isAssumed: false) }
    guard let position = seen.lastIndex(where: { told.prices[$0].from ?? 0 <= instant }) else {
      return Place(type: type, price: first, isAssumed: true)
    }
    var isAssumed = typeIsAssumed
    if position + 1 < seen.count, let unsure = told.prices[seen[position + 1]].unsure, unsure <= instant {
      isAssumed = true
    }
    return Place(type: type, price: seen[position], isAssumed: isAssumed)
  }

  /// The slices of a run; one that ended before it started took no time.
  func pieces(of runner: Int, from start: Int64, until end: Int64) -> [Piece] {
    let from = min(start, end)
    let surplus = billed(end - from, of: runner) - (end - from)
    if from == end && surplus == 0 { return [] }
    var cuts: Set<Int64> = [from]
    for line in told.prices { cuts.formUnion([line.from, line.until, line.unsure].compactMap(\.self)) }
    var day = zone.day(of: from)
    while zone.start(of: day) < end {
      cuts.insert(zone.start(of: day))
      day += 1
    }
    let inside = cuts.filter { from <= $0 && $0 < end || $0 == from }.sorted()
    var pieces: [Piece] = []
    for (number, cut) in inside.enumerated() {
      let next = number + 1 < inside.count ? inside[number + 1] : end
      let piece = Piece(
        day: zone.day(of: cut), from: cut, until: next, place: place(of: runner, at: cut, typeAt: from),
        billed: next - cut)
      if let last = pieces.last, last.day == piece.day, last.place == piece.place {
        pieces[pieces.count - 1].until = next
        pieces[pieces.count - 1].billed += piece.billed
      } else {
        pieces.append(piece)
      }
    }
    pieces[pieces.count - 1].billed += surplus
    return pieces
  }

  private func billed(_ runtime: Int64, of runner: Int) -> Int64 {
    switch told.sources[told.runners[runner].source].rule {
    case .exact: return runtime
    case .ceilSecond: return runtime % 1000 == 0 ? runtime : runtime - runtime % 1000 + 1000
    case .minimumSeconds(let seconds): return runtime < Int64(seconds) * 1000 ? Int64(seconds) * 1000 : runtime
    }
  }

  /// The currency of a price, or that of the runner's source where it has none or there is no price.
  func currency(_ price: Int?, of runner: Int) -> String? {
    let ofSource = told.sources[told.runners[runner].source].currency
    guard let price else { return ofSource }
    // Of a price that was seen nobody says more than of its source.
    return told.prices[price].isConfigured ? told.prices[price].currency ?? ofSource : ofSource
  }
}

/// A finished run with everything that reports say of it.
struct PricedRun {
  var run: ToldLedger.Run
  var end: Int64
  var day: Int64
  var pieces: [PlainPricing.Piece]
  /// Where it counts.
  var place: PlainPricing.Place

  var start: Int64? { run.record.startedAt?.milliseconds }
  var runtime: Int64? { start.map { max(0, end - $0) } }
  var queue: Int64? {
    guard let start, let created = run.record.createdAt?.milliseconds else { return nil }
    return max(0, start - created)
  }

  init?(_ run: ToldLedger.Run, _ pricing: PlainPricing) {
    guard let end = run.end else { return nil }
    self.run = run
    self.end = end
    day = pricing.zone.day(of: end)
    pieces = run.record.startedAt.map { pricing.pieces(of: run.runner, from: $0.milliseconds, until: end) } ?? []
    place = pieces.last?.place ?? pricing.place(of: run.runner, at: end, typeAt: end)
  }
}
