import Harvest
import Runs

extension SourceConfiguration {
  private static func keys(of vendor: Vendor) -> [String] {
    let access =
      switch vendor {
      case .nodion: ["url", "token", "token_file", "project"]
      case .agentsmesh: ["url", "token", "token_file"]
      case .soda: ["region", "url", "key_id", "key_secret", "key_secret_file"]
      }
    return ["vendor"] + access + ["currency", "billing", "account_id", "account_name", "client"]
  }

  /// - Parameter client: what the configuration says for all sources.
  init(name: String, _ reader: YAMLReader, client: YAMLReader?, file: String) throws {
    guard let word = try reader.mapping().first(where: { $0.0 == "vendor" })?.1 else {
      throw reader.missing("a vendor, such as vendor: nodion")
    }
    guard let vendor = Vendor(rawValue: try word.text()) else {
      throw word.wrong("one of the vendors " + Vendor.allCases.map(\.rawValue).joined(separator: ", "))
    }
    self.init(name: name, vendor: vendor)
    let keys = try reader.mapping(SourceConfiguration.keys(of: vendor))

    url = try keys["url"]?.text()
    if let region = keys["region"] {
      guard let known = SodaSource.Region(rawValue: try region.text()) else {
        throw region.wrong("the region eu or us; name any other address with url")
      }
      if url != nil { throw region.wrong("a region or a url, not both") }
      url = known.base
    }
    token = try keys["token"]?.secret()
    if let path = try keys["token_file"]?.text() { token = .file(Configuration.path(path, besides: file)) }
    keyID = try keys["key_id"]?.secret()
    keySecret = try keys["key_secret"]?.secret()
    if let path = try keys["key_secret_file"]?.text() { keySecret = .file(Configuration.path(path, besides: file)) }
    project = try keys["project"]?.text()

    account.id = try keys["account_id"]?.text()
    account.name = try keys["account_name"]?.text()
    currency = try keys["currency"]?.currency()
    billing = .exact
    if let rule = keys["billing"] {
      guard let known = BillingRule(try rule.text()) else {
        throw rule.wrong("exact, ceil-second or \"minimum-seconds: N\"")
      }
      billing = known
    }
    try client.map { try self.client.read($0) }
    try keys["client"].map { try self.client.read($0) }
  }
}

extension YAMLReader {
  /// `${NAME}`: a key itself never stands in the configuration.
  fileprivate func secret() throws -> SecretReference {
    guard let name = SecretReference.variable(in: try text()) else {
      throw ConfigurationError.wrong(
        path: file, line: line, key: way, expected: "an environment variable such as \"${NODION_TOKEN}\"",
        found: "something else; a key never stands in the configuration")
    }
    return .variable(name)
  }
}
