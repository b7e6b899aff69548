import Files
import Harvest
import Reporting
import Runs

extension SourceConfiguration {
  /// - Parameter client: what the configuration says for all sources.
  init(name: String, _ reader: YAMLReader, client: YAMLReader?, file: String, vendors: Vendors) throws {
    guard let word = try reader.mapping().first(where: { $0.0 == "vendor" })?.1 else {
      throw reader.missing("a vendor, such as vendor: nodion")
    }
    let id = try word.text()
    guard let api = vendors[id] else {
      throw word.wrong(
        "one of the vendors " + vendors.ids.joined(separator: ", "), near: vendors.ids.nearest(to: id))
    }
    self.init(name: name, api: api)
    let keys = try reader.mapping(SourceKeys(vendors).mapping(of: id).names)

    for key in api.keys {
      switch key.kind {
      case .text, .choice: values[key.name] = try keys[key.name]?.text()
      case .secret:
        secrets[key.name] = try keys[key.name]?.secret(example: key.example)
        if let path = keys[key.name + "_file"] {
          let place = Configuration.path(try path.text(), besides: file)
          InputFiles.note(place, as: "the key of \(name)")
          secrets[key.name] = .file(place, line: "\(path.file):\(path.line)")
        }
      }
    }
    do {
      _ = try api.address(values)
    } catch {
      throw keys[error.key]?.wrong(error.expected) ?? reader.missing(error.expected)
    }

    account.id = try keys["account_id"]?.text()
    account.name = try keys["account_name"]?.text()
    account.project = values["project"]
    currency = try keys["currency"]?.currency()
    billing = .exact
    if let rule = keys["billing"] {
      guard let known = BillingRule(try rule.text()) else {
        throw rule.wrong("exact, ceil-second or \"minimum-seconds: N\"")
      }
      billing = known
    }
    allowed = Set(try keys["allow"]?.elements(of: "actions").map { try $0.word() } ?? [])
    try client.map { try self.client.read($0) }
    try keys["client"].map { try self.client.read($0) }
  }
}

extension YAMLReader {
  /// `${NAME}`: a key itself never stands in the configuration.
  fileprivate func secret(example: String) throws -> SecretReference {
    guard let name = SecretReference.variable(in: try text()) else {
      throw wrong(
        "an environment variable such as \"\(example)\"",
        found: "something else; a key never stands in the configuration")
    }
    return .variable(name)
  }
}
