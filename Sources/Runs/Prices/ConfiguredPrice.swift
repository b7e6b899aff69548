/// A price that the user sets, for what an API does not price or prices wrongly.
///
/// It beats every observed price; among configured ones the last that matches wins, at each instant: an entry that
/// holds from March leaves the time before to the entries above it.
package struct ConfiguredPrice: Hashable, Sendable {
  /// The configured name of the source.
  package var source: String
  package var subject: Subject
  package var price: Price
  /// ISO 4217; nil for that of the source.
  package var currency: String?
  /// Nil since ever.
  package var start: Start?
  package var place: Place

  package init(
    source: String, subject: Subject, price: Price, currency: String? = nil, start: Start? = nil, place: Place
  ) {
    self.source = source
    self.subject = subject
    self.price = price
    self.currency = currency
    self.start = start
    self.place = place
  }

  /// What is priced, named in exactly one way.
  package struct Subject: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
      /// Every runner with this id or newest name, or whose newest name this matches as a glob.
      case runner
      /// Every instance type with this id, slug or name, or whose slug or name this matches as a glob.
      case instanceType = "instance_type"
      /// Every runner that now has this label, or one that this matches as a glob.
      case label
    }

    package var kind: Kind
    package var pattern: String

    package init(_ kind: Kind, _ pattern: String) {
      self.kind = kind
      self.pattern = pattern
    }
  }

  /// From when on a price holds: the beginning of a local day of the ledger, or an instant.
  package enum Start: Hashable, Sendable {
    case day(LocalDay)
    case instant(Instant)

    package func instant(in zone: ZoneRules) -> Instant {
      switch self {
      case .day(let day): zone.start(of: day)
      case .instant(let instant): instant
      }
    }
  }

  /// Where it was written.
  package enum Place: Hashable, Sendable {
    /// Its number in the configuration's list, from 1.
    case configuration(entry: Int)
    case csv(file: String, line: Int)
  }
}

extension ConfiguredPrice.Subject: CustomStringConvertible {
  /// `runner gpu-*`, `label gpu`, `instance_type standard-s`.
  package var description: String { "\(kind.rawValue) \(pattern)" }
}

extension ConfiguredPrice.Start: CustomStringConvertible {
  /// Reads `2026-01-31`, or an instant in RFC 3339 with its offset; nil for anything else.
  package init?(_ text: some StringProtocol) {
    if let day = LocalDay(text) {
      self = .day(day)
    } else if let instant = try? Instant(rfc3339: text) {
      self = .instant(instant)
    } else {
      return nil
    }
  }

  package var description: String {
    switch self {
    case .day(let day): day.description
    case .instant(let instant): instant.rfc3339
    }
  }
}

extension ConfiguredPrice.Place: CustomStringConvertible {
  /// `configuration, entry 2` or `prices.csv, line 3`.
  package var description: String {
    switch self {
    case .configuration(let entry): "configuration, entry \(entry)"
    case .csv(let file, let line): "\(file), line \(line)"
    }
  }
}
