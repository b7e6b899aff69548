import Reporting
import Runs

extension ConfiguredPrice {
  /// Reads one entry of `prices:`, such as `{source: agents, runner: "gpu-*", price_second: "0.00012"}`.
  /// - Parameter entry: its number in the list, from 1.
  init(_ reader: YAMLReader, entry: Int) throws {
    let keys = try reader.mapping(ConfigurationMapping.price.names)
    guard let source = keys["source"] else { throw reader.missing("a source, such as source: agents") }
    guard let price = keys["price_second"] else { throw reader.missing("a price_second, such as \"0.00012\"") }
    let subjects = try Subject.Kind.allCases.compactMap { kind in
      try keys[kind.rawValue].map { Subject(kind, try $0.text()) }
    }
    guard let subject = subjects.first, subjects.count == 1 else {
      let found = subjects.isEmpty ? "none" : subjects.map(\.kind.rawValue).joined(separator: " and ")
      throw reader.wrong("exactly one of runner, instance_type and label", found: found)
    }
    self.init(
      source: try source.text(), subject: subject, price: try price.price(), currency: try keys["currency"]?.currency(),
      start: try keys["from"]?.start(), place: .configuration(entry: entry))
  }
}

extension YAMLReader {
  fileprivate func price() throws -> Price {
    guard let price = try? Price(text()) else { throw wrong("a decimal of at most 18 places, not below 0") }
    return price
  }

  fileprivate func start() throws -> ConfiguredPrice.Start {
    guard let start = ConfiguredPrice.Start(try text()) else {
      throw wrong("a day such as 2026-01-31, or an instant with its offset")
    }
    return start
  }
}
