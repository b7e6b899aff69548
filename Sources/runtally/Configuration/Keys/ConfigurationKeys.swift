import Harvest
import Runs

/// The keys of `runtally.yaml`, in the order in which mistakes and documents list them.
extension ConfigurationMapping {
  /// The whole file.
  static func file(vendors: Vendors) -> ConfigurationMapping {
    ConfigurationMapping([
      ConfigurationKey(
        "database", .text, "The ledger; a relative path starts at the configuration. Default: runtally.sqlite."),
      ConfigurationKey(
        "timezone", .text, "The zone whose days and months reports speak of, by its IANA name. Default: UTC."),
      ConfigurationKey(
        "currency", .currency, "What the prices are in, for sources that name no currency. Default: prices without one."
      ),
      ConfigurationKey("client", .mapping(.client), "How all sources are asked over the network."),
      ConfigurationKey(
        "sources", .sources(SourceKeys(vendors)),
        "The accounts to visit, each under a name of your own."),
      ConfigurationKey("prices", .list(.mapping(.price)), "Your own prices; of several that match, the last one wins."),
      ConfigurationKey(
        "labels", .list(.mapping(.label)), "What you call runners, for charging back; the last match counts."),
      ConfigurationKey("policy", .mapping(.policy), "What `runtally check` demands."),
      ConfigurationKey("serve", .mapping(.serve), "Who may ask `runtally serve`, and by which names."),
    ])
  }

  static let client = ConfigurationMapping([
    ConfigurationKey("attempts", .integer(1...100), "Requests for one thing, the first included. Default: 6."),
    ConfigurationKey(
      "give_up_after", .duration,
      "How long anything is waited for that makes no progress: further attempts, an answer of under 1 KiB a second, a "
        + "source of which nothing comes, a wait that the vendor asks for. Default: 5m."),
    ConfigurationKey(
      "backoff", .duration, "The longest first pause; it doubles up to `longest_backoff`. Default: 500ms."),
    ConfigurationKey("longest_backoff", .duration, "The longest pause of all. Default: 30s."),
    ConfigurationKey("connect_timeout", .seconds, "How long a connection may take to be made. Default: 10s."),
    ConfigurationKey(
      "silence_timeout", .seconds,
      "How long an answer may say nothing. Default: 60s."),
    ConfigurationKey("body_limit_mib", .integer(1...1_048_576), "The largest answer that is read. Default: 1024."),
    ConfigurationKey("requests_per_minute", .integer(1...1_000_000), "Instead of the vendor's documented limits."),
    ConfigurationKey("page_size", .integer(1...100_000), "Elements of a list that are asked for at once."),
    ConfigurationKey("page_limit", .integer(1...1_000_000), "Pages of one list at most."),
    ConfigurationKey(
      "allow_cleartext", .flag, "Whether a key may travel over plain http to another machine. Default: false."),
    ConfigurationKey("proxy", .proxy, "Instead of what the environment says, such as `HTTPS_PROXY`."),
    ConfigurationKey("ca_file", .text, "A PEM file: trust these certificates and no others."),
  ])

  static let price = {
    var mapping = ConfigurationMapping([
      ConfigurationKey("source", .text, isRequired: true, "The source, by its name here."),
      ConfigurationKey("runner", .text, "A runner's id or name, or a glob such as `CI: *`."),
      ConfigurationKey("instance_type", .text, "An instance type, or a glob."),
      ConfigurationKey("label", .text, "A label of the vendor's, or a glob."),
      ConfigurationKey("price_second", .price, isRequired: true, "The price of a second, exact to 18 places."),
      ConfigurationKey("currency", .currency, "Instead of the source's currency."),
      ConfigurationKey("from", .start, "When the price begins to hold. Default: since ever."),
    ])
    mapping.exactlyOneOf = ConfiguredPrice.Subject.Kind.allCases.map(\.rawValue)
    return mapping
  }()

  static let label = {
    var mapping = ConfigurationMapping([
      ConfigurationKey("source", .text, isRequired: true, "The source, by its name here."),
      ConfigurationKey("runner", .text, "A runner's id or name, or a glob. Default: all runners."),
    ])
    mapping.others = ConfigurationKey(
      "LABEL", .text, isRequired: true, "A label and its value, such as `cost_center: \"4711\"`; at least one.")
    return mapping
  }()
}

extension SourceKeys {
  init(_ vendors: Vendors) {
    vendor = ConfigurationKey("vendor", .word(vendors.ids), isRequired: true, "Whose API it is.")
    own = vendors.apis.map { ($0.id, $0.keys.flatMap(ConfigurationKey.keys)) }
    shared = [
      ConfigurationKey("currency", .currency, "Instead of the currency of the whole configuration."),
      ConfigurationKey("billing", .billing, "What a runtime is rounded to before it is priced. Default: exact."),
      ConfigurationKey("account_id", .text, "Whom FOCUS files are addressed to."),
      ConfigurationKey("account_name", .text, "The same, for people."),
      ConfigurationKey(
        "allow", .list(.word(ActionKind.allCases.map(\.rawValue))),
        "What may be changed there from here: any of trigger, create, update, delete. Default: nothing."),
      ConfigurationKey("client", .mapping(.client), "The keys of the `client` above, where this source differs."),
    ]
  }

  /// All that a source of one vendor takes.
  func mapping(of vendor: String) -> ConfigurationMapping {
    ConfigurationMapping([self.vendor] + own.filter { $0.vendor == vendor }.flatMap(\.keys) + shared)
  }
}

extension ConfigurationKey {
  /// A vendor's own key as it stands in the file: a secret has two names.
  fileprivate static func keys(_ key: SourceKey) -> [ConfigurationKey] {
    let needed = key.isRequired ? " A harvest needs it." : ""
    switch key.kind {
    case .text: return [ConfigurationKey(key.name, .text, key.description + needed)]
    case .choice(let words): return [ConfigurationKey(key.name, .word(words), key.description + needed)]
    case .secret:
      return [
        ConfigurationKey(key.name, .variable, key.description + needed),
        ConfigurationKey(key.name + "_file", .text, "Instead: a file that only you can read, with nothing else in it."),
      ]
    }
  }
}
