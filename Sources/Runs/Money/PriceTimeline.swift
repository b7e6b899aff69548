/// One line of the price history of an instance type or a runner.
package struct PriceEntry: Equatable, Sendable {
  /// What is priced.
  package enum Subject: Hashable, Sendable {
    case instanceType(Int64)
    case runner(Int64)
  }

  package enum Origin: String, Sendable {
    /// Seen in a vendor's answer.
    case observed
    /// Written by the user; beats every observation.
    case configured
  }

  /// The ledger's id; also the order in which entries were made.
  package var id: Int64
  package var subject: Subject
  package var price: Price
  /// ISO 4217; nil while nobody named one.
  package var currency: String?
  package var origin: Origin
  /// Of the configured entries that hold, the one with the highest rank wins.
  package var rank: Int64
  package var validFrom: Instant
  /// Exclusive; nil for ever. Only a configured entry ends: where its runner is no longer called what it is for.
  package var validUntil: Instant?
  /// The last sight of what was before: from here to `validFrom` nobody knows which of the two held. Nil when the
  /// entry is the first.
  package var unsureFrom: Instant?

  package init(
    id: Int64, subject: Subject, price: Price, currency: String? = nil, origin: Origin, rank: Int64? = nil,
    validFrom: Instant, validUntil: Instant? = nil, unsureFrom: Instant? = nil
  ) {
    self.id = id
    self.subject = subject
    self.price = price
    self.currency = currency
    self.origin = origin
    self.rank = rank ?? id
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.unsureFrom = unsureFrom
  }
}

extension PriceEntry {
  /// As far as its own limits go.
  func holds(at instant: Instant) -> Bool {
    validFrom <= instant && validUntil.map { instant < $0 } ?? true
  }
}

/// Which price holds when, for one runner on one instance type.
///
/// An observed price holds from the harvest that first saw it. Time before the first one, and between the last sight
/// of the old and the first sight of the new, has the older price and is *assumed*. Configured prices beat observed
/// ones; among configured ones that hold at an instant the one of the highest rank wins. What has no price at all is
/// unpriced.
package struct PriceTimeline: Equatable, Sendable {
  /// From `from` until the next span.
  package struct Span: Equatable, Sendable {
    package var from: Instant
    /// ``PriceTimeline/unpriced`` when there is none.
    package var price: Int64
    package var isAssumed: Bool
  }

  /// The id of the price that stands for "no price".
  package static let unpriced: Int64 = 0

  /// Ascending; the first one begins before all time.
  package private(set) var spans: [Span]

  /// - Parameter entries: all that can apply to one runner on one instance type, in any order.
  package init(entries: [PriceEntry]) {
    let configured = entries.filter { $0.origin == .configured }.sorted { $0.rank < $1.rank }
    let observed = PriceTimeline.observed(entries)
    var starts = Set(observed.map(\.from))
    starts.formUnion(configured.map(\.validFrom))
    starts.formUnion(configured.compactMap(\.validUntil))

    spans = []
    for start in starts.sorted() {
      let span: Span
      if let entry = configured.last(where: { $0.holds(at: start) }) {
        span = Span(from: start, price: entry.id, isAssumed: false)
      } else {
        let seen = observed.last { $0.from <= start }
        span = Span(from: start, price: seen?.price ?? PriceTimeline.unpriced, isAssumed: seen?.isAssumed ?? false)
      }
      if let last = spans.last, last.price == span.price, last.isAssumed == span.isAssumed { continue }
      spans.append(span)
    }
  }

  package func index(at instant: Instant) -> Int {
    (spans.lastIndex { $0.from <= instant }) ?? 0
  }

  /// Observed spans. A price that a runner showed itself beats the one of its instance type.
  private static func observed(_ entries: [PriceEntry]) -> [Span] {
    let all = entries.filter { $0.origin == .observed }
    let ofRunner = all.filter { if case .runner = $0.subject { true } else { false } }
    let relevant = (ofRunner.isEmpty ? all : ofRunner).sorted { ($0.validFrom, $0.id) < ($1.validFrom, $1.id) }

    guard let first = relevant.first else {
      return [Span(from: .distantPast, price: unpriced, isAssumed: false)]
    }
    var spans = [
      Span(from: .distantPast, price: first.id, isAssumed: true),
      Span(from: first.validFrom, price: first.id, isAssumed: false),
    ]
    for (older, newer) in zip(relevant, relevant.dropFirst()) {
      let unsure = max(older.validFrom, newer.unsureFrom ?? newer.validFrom)
      if unsure < newer.validFrom {
        spans.append(Span(from: unsure, price: older.id, isAssumed: true))
      }
      spans.append(Span(from: newer.validFrom, price: newer.id, isAssumed: false))
    }
    return spans
  }
}
