import Files
import Foundation
import Harvest
import Policy
import Reporting
import Runs
import Store

extension Configuration {
  /// The configuration named on the command line, in `$RUNTALLY_CONFIG`, or in the working directory; the defaults
  /// where there is none of them.
  static func find(named path: String?, environment: [String: String]) throws -> Configuration {
    if let path = path ?? environment[variable] { return try Configuration(file: path) }
    return FileManager.default.fileExists(atPath: usual) ? try Configuration(file: usual) : .standard
  }

  private static let variable = "RUNTALLY_CONFIG"
  private static let usual = "runtally.yaml"

  /// Marks the configuration as read, also for a command that does not read it.
  static func note(environment: [String: String]) {
    let path = environment[variable] ?? usual
    if FileManager.default.fileExists(atPath: path) { InputFiles.note(path, as: "the configuration") }
  }

  /// - Throws: a `YAMLMistake` with file, line and what was expected.
  init(file: String, vendors: Vendors = .all) throws {
    guard StandardFile.isThere(file) else { throw ConfigurationError.missingFile(path: file) }
    let name = StandardFile.label(of: file)
    guard let text = try StandardFile.text(of: file, as: "the configuration") else {
      throw ConfigurationError.unreadable(path: name, reason: "it is not UTF-8 text, or may not be read")
    }
    try self.init(text: text, file: name, vendors: vendors)
  }

  init(text: String, file: String, vendors: Vendors = .all) throws {
    self = .standard
    self.file = file
    database = Configuration.path(database, besides: file)
    guard let reader = try YAMLReader(file: file, text: text) else { return }
    let keys = try reader.mapping(ConfigurationMapping.file(vendors: vendors).names)
    if let path = try keys["database"]?.text() { database = Configuration.path(path, besides: file) }
    timeZone = try keys["timezone"]?.timeZone() ?? timeZone
    currency = try keys["currency"]?.currency()
    // Also where no source reads it.
    if let client = keys["client"] {
      var read = ClientConfiguration(rates: .unlimited)
      try read.read(client)
    }
    sources =
      try keys["sources"]?.mapping().map { name, source in
        try SourceConfiguration(name: name, source, client: keys["client"], file: file, vendors: vendors)
      } ?? []
    prices =
      try keys["prices"]?.elements().enumerated().map { index, price in
        try ConfiguredPrice(price, entry: index + 1)
      } ?? []
    priceLines = try keys["prices"]?.elements().map(\.line) ?? []
    labels = try keys["labels"]?.elements().flatMap { try [RunnerLabel]($0) } ?? []
    if let node = keys["policy"], !node.isNothing { policy = try Policy(node, currency: currency) }
    if let node = keys["serve"], !node.isNothing { serve = try ServeConfiguration(node) }
  }

  /// A path as the configuration means it: a relative one starts at its file, and stays as short as it was written.
  static func path(_ path: String, besides file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }

  /// What the ledger keeps of a source.
  func settings(of source: SourceConfiguration) -> SourceSettings {
    SourceSettings(
      name: source.name, vendor: source.api.vendor, currency: source.currency ?? currency, billingRule: source.billing)
  }

  /// All that is configured of prices and billing rules.
  func wantedPrices(adding imported: [ConfiguredPrice] = []) -> WantedPrices {
    WantedPrices(sources: sources.map(settings), configured: prices, imported: imported)
  }

  /// Does something with prices; one that cannot be kept is told with its file and its line.
  ///
  /// - Parameter table: where those come from that are not configured.
  func placingPrices<Result>(of table: String? = nil, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as UnknownPriceSource {
      switch error.price.place {
      case .configuration(let entry) where file != nil && priceLines.indices.contains(entry - 1):
        throw UsageError(reason: "\(file ?? ""):\(priceLines[entry - 1]): prices[\(entry)]: \(error.reason)")
      case .csv(_, let line):
        guard let table else { throw error }
        throw UsageError(reason: "\(table):\(line): \(error.reason)")
      default:
        throw error
      }
    }
  }

  /// The configured sources of these names, all of them when none is named.
  func sources(named names: [String]) throws -> [SourceConfiguration] {
    guard !sources.isEmpty else { throw ConfigurationError.noSources(path: file) }
    guard !names.isEmpty else { return sources }
    return try names.once.map { name in
      guard let source = sources.first(where: { $0.name == name }) else {
        throw ConfigurationError.unknownSource(name, known: sources.map(\.name), path: file)
      }
      return source
    }
  }
}
