import Foundation
import Runs

extension Configuration {
  /// The configuration named on the command line, in `$RUNTALLY_CONFIG`, or in the working directory; the defaults
  /// where there is none of them.
  static func find(named path: String?, environment: [String: String]) throws -> Configuration {
    if let path = path ?? environment["RUNTALLY_CONFIG"] {
      guard FileManager.default.fileExists(atPath: path) else { throw ConfigurationError.missingFile(path: path) }
      return try Configuration(file: path)
    }
    let usual = "runtally.yaml"
    return FileManager.default.fileExists(atPath: usual) ? try Configuration(file: usual) : .standard
  }

  /// - Throws: ``ConfigurationError`` with file, line and what was expected.
  init(file: String) throws {
    let text: String
    do {
      text = try String(contentsOfFile: file, encoding: .utf8)
    } catch {
      throw ConfigurationError.unreadable(path: file, reason: "it is not UTF-8 text, or may not be read")
    }
    try self.init(text: text, file: file)
  }

  init(text: String, file: String) throws {
    self = .standard
    self.file = file
    database = Configuration.path(database, besides: file)
    guard let reader = try YAMLReader(file: file, text: text) else { return }
    let keys = try reader.mapping(["database", "timezone", "currency", "sources"])
    if let path = try keys["database"]?.text() { database = Configuration.path(path, besides: file) }
    timeZone = try keys["timezone"]?.text() ?? timeZone
    currency = try keys["currency"]?.currency()
    sources =
      try keys["sources"]?.mapping().map { name, source in
        try SourceConfiguration(name: name, source, file: file)
      } ?? []
  }

  /// A path as the configuration means it: a relative one starts at its file, and stays as short as it was written.
  static func path(_ path: String, besides file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }

  /// The configured sources of these names, all of them when none is named.
  func sources(named names: [String]) throws -> [SourceConfiguration] {
    guard !sources.isEmpty else { throw ConfigurationError.noSources(path: file) }
    guard !names.isEmpty else { return sources }
    return try names.map { name in
      guard let source = sources.first(where: { $0.name == name }) else {
        throw ConfigurationError.unknownSource(name, known: sources.map(\.name), path: file)
      }
      return source
    }
  }
}

extension SourceConfiguration {
  fileprivate init(name: String, _ reader: YAMLReader, file: String) throws {
    let keys = try reader.mapping(["vendor", "url", "token", "token_file", "project", "currency", "billing"])
    guard let vendor = keys["vendor"] else { throw reader.missing("a vendor, such as vendor: nodion") }
    // The other vendors of the domain are not harvested by this version.
    guard try vendor.text() == Vendor.nodion.rawValue else { throw vendor.wrong("the vendor nodion") }
    self.name = name
    self.vendor = .nodion
    url = try keys["url"]?.text()
    project = try keys["project"]?.text()
    currency = try keys["currency"]?.currency()
    token = try keys["token"]?.secret()
    if let path = try keys["token_file"]?.text() { token = .file(Configuration.path(path, besides: file)) }
    billing = .exact
    if let rule = keys["billing"] {
      guard let known = BillingRule(try rule.text()) else {
        throw rule.wrong("exact, ceil-second or \"minimum-seconds: N\"")
      }
      billing = known
    }
  }
}

extension YAMLReader {
  fileprivate func currency() throws -> String {
    let code = try text()
    guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
      throw wrong("an ISO 4217 code such as EUR")
    }
    return code
  }

  /// `${NAME}`: a key itself never stands in the configuration.
  fileprivate func secret() throws -> SecretReference {
    let text = try text()
    let name = text.dropFirst(2).dropLast()
    guard text.hasPrefix("${"), text.hasSuffix("}"), !name.isEmpty,
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    else {
      throw ConfigurationError.wrong(
        path: file, line: line, key: way, expected: "an environment variable such as \"${NODION_TOKEN}\"",
        found: "something else; a key never stands in the configuration")
    }
    return .variable(String(name))
  }
}
