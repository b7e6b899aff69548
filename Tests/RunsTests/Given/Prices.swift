import Runs
import Testing

/// Small builders for prices and books: runner 7 on instance type 1, unless a test says otherwise.
enum Given {
  static let runner: Int64 = 7

  static func entry(
    _ id: Int64, _ subject: PriceEntry.Subject = .instanceType(1), _ origin: PriceEntry.Origin = .observed,
    price: String = "0.0000019", rank: Int64? = nil, from: String, unsure: String? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) -> PriceEntry {
    PriceEntry(
      id: id, subject: subject, price: Given.price(price, location), origin: origin, rank: rank,
      validFrom: instant(from, location), unsureFrom: unsure.map { instant($0, location) })
  }

  static func version(
    _ instanceType: Int64, from: String, unsure: String? = nil, timeout: Int64? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) -> RunnerHistory.Version {
    RunnerHistory.Version(
      validFrom: instant(from, location), unsureFrom: unsure.map { instant($0, location) },
      instanceType: instanceType, timeoutSeconds: timeout)
  }

  /// A book of one runner that was seen on type 1 long ago.
  static func book(
    _ zone: ZoneRules = .utc, _ rule: BillingRule = .exact,
    versions: [RunnerHistory.Version] = [version(1, from: "2000-01-01T00:00:00Z")],
    prices: [PriceEntry] = [entry(1, from: "2000-01-01T00:00:00Z")]
  ) -> PriceBook {
    PriceBook(
      zone: zone, histories: [runner: RunnerHistory(versions: versions)], rules: [runner: rule], prices: prices)
  }

  static func price(_ text: String, _ location: SourceLocation = #_sourceLocation) -> Price {
    do {
      return try Price(text)
    } catch {
      Issue.record(error, sourceLocation: location)
      return .free
    }
  }

  static func money(_ text: String, _ location: SourceLocation = #_sourceLocation) -> Money {
    do {
      return try Money(text)
    } catch {
      Issue.record(error, sourceLocation: location)
      return .zero
    }
  }
}

extension Slice {
  /// A slice as one line, so that a test shows all of it.
  var line: String {
    "\(day)  \(from) – \(until)  type \(instanceType)  price \(price)\(isAssumed ? " assumed" : "")  billed \(billed)"
  }
}
