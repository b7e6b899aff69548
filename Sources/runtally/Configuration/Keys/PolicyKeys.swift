/// The keys of a policy, in the order of their test cases.
enum PolicyKind: String, CaseIterable {
  case budget
  case failureRate = "failure_rate"
  case duration
  case silent
  case open
  case coverage
  case unpriced

  /// What it demands.
  private var description: String {
    switch self {
    case .budget: "What a month may cost, or is expected to."
    case .failureRate: "How often runs may fail."
    case .duration: "How long runs may take."
    case .silent: "That runners go on running."
    case .open: "That runs end."
    case .coverage: "That sources were visited lately, and their lists came whole."
    case .unpriced: "How many runs may have no price."
    }
  }

  var mapping: ConfigurationMapping {
    var mapping = ConfigurationMapping(
      [
        ConfigurationKey("name", .text, "Names the rule in results. Default: made of the rule."),
        ConfigurationKey("source", .text, "One source only. Default: all."),
      ] + ownKeys)
    if self == .budget { mapping.atMostOneOf = ["runner", "instance_type", "label"] }
    return mapping
  }

  private var ownKeys: [ConfigurationKey] {
    let runner = ConfigurationKey("runner", .text, "Runners of this name only, or of a glob. Default: all.")
    let last = ConfigurationKey("last", .period, "The days that are looked at. Default: 30d.")
    return switch self {
    case .budget:
      [
        runner,
        ConfigurationKey("instance_type", .text, "One instance type only."),
        ConfigurationKey("label", .labelAndValue, "Runners with this label of yours only."),
        ConfigurationKey("amount", .amount, isRequired: true, "What a month may cost."),
        ConfigurationKey("currency", .currency, "Default: that of the configuration."),
        ConfigurationKey("warn_at", .oneOrMore(.share), "Parts of the amount that warn when they are reached."),
        ConfigurationKey(
          "on", .word(["cost", "forecast"]), "Hold the cost so far against it, or its forecast. Default: cost."),
      ]
    case .failureRate:
      [
        runner,
        ConfigurationKey("max", .fraction, isRequired: true, "The highest rate that is allowed, such as 0.1."),
        ConfigurationKey(
          "minimum_runs", .integer(1...1_000_000_000), "With fewer rated runs nothing is demanded. Default: 20."),
        last,
      ]
    case .duration:
      [
        runner,
        ConfigurationKey("percentile", .word(["p50", "p90", "p95", "p99"]), "Which one is held. Default: p95."),
        ConfigurationKey("max", .duration, isRequired: true, "The longest time that is allowed."),
        last,
      ]
    case .silent: [runner, ConfigurationKey("after", .duration, "The longest time without a run. Default: 24h.")]
    case .open: [runner, ConfigurationKey("after", .duration, "The longest time that a run may be open. Default: 7d.")]
    case .coverage:
      [
        ConfigurationKey("within", .duration, "How long ago, by the ledger's newest visit. Default: 26h."),
        ConfigurationKey("complete", .share, "The part of lists that came whole, at least. Default: 0.95."),
      ]
    case .unpriced:
      [runner, ConfigurationKey("max", .integer(0...1_000_000_000), "Unpriced runs at most. Default: 0.")]
    }
  }

  var key: ConfigurationKey { ConfigurationKey(rawValue, .oneOrMore(.mapping(mapping)), description) }
}

extension ConfigurationMapping {
  static let policy = ConfigurationMapping(
    PolicyKind.allCases.map(\.key) + [
      ConfigurationKey(
        "stale",
        .mappingOrFalse(
          ConfigurationMapping([ConfigurationKey("after", .duration, "How long ago, by the clock. Default: 36h.")])
        ), "That every source was read completely lately; `false` for a ledger that nobody fills any more.")
    ])
}
