import Policy
import Reporting
import Runs

extension Policy {
  /// Reads a policy's keys: those under `policy:`, or the whole of a file of its own.
  /// - Parameter currency: the configuration's, for budgets that name none.
  init(_ reader: YAMLReader, currency: String?) throws {
    let keys = try reader.mapping(ConfigurationMapping.policy.names)
    var rules: [PolicyRule] = []
    var places: [String: String] = [:]
    for kind in PolicyKind.allCases {
      for element in try keys[kind.rawValue]?.oneOrMore() ?? [] {
        let rule = try PolicyRule(kind, element, currency: currency)
        if rules.contains(where: { $0.name == rule.name }) { throw element.taken(rule.name) }
        rules.append(rule)
        places[rule.name] = "\(element.file):\(element.line)"
      }
    }
    self.init(
      rules: rules, staleAfter: try keys["stale"].map { try $0.staleAfter() } ?? Policy.usualStaleAfter,
      places: places)
  }

  /// A file that holds nothing but a policy.
  init(file: String, currency: String?) throws {
    guard StandardFile.isThere(file) else { throw PolicyFileError.missingFile(file) }
    let name = StandardFile.label(of: file)
    guard let text = try StandardFile.text(of: file, as: "the policy") else {
      throw ConfigurationError.unreadable(path: name, reason: "it is not UTF-8 text, or may not be read")
    }
    guard let reader = try YAMLReader(file: name, text: text), !reader.isNothing else {
      throw PolicyFileError.nothing(file: name)
    }
    try self.init(reader, currency: currency)
  }
}

extension PolicyRule {
  fileprivate init(_ kind: PolicyKind, _ reader: YAMLReader, currency: String?) throws {
    let keys = try reader.mapping(kind.mapping.names)
    let (source, runner) = (try keys["source"]?.text(), try keys["runner"]?.text())
    let demand: PolicyDemand =
      switch kind {
      case .budget: try PolicyRule.budget(reader, keys, currency: currency)
      case .failureRate: try PolicyRule.failureRate(reader, keys)
      case .duration: try PolicyRule.duration(reader, keys)
      case .silent: .silent(after: try keys["after"]?.duration() ?? .seconds(24 * 3600))
      case .open: .open(after: try keys["after"]?.duration() ?? .seconds(7 * 86_400))
      case .coverage:
        .coverage(
          within: try keys["within"]?.duration() ?? .seconds(26 * 3600),
          lists: try keys["complete"]?.share() ?? .usualCompleteness)
      case .unpriced: .unpriced(max: Int64(try keys["max"]?.count(0...1_000_000_000) ?? 0))
      }
    self.init(name: try keys["name"]?.text(), source: source, runner: runner, demand: demand)
  }

  private static func budget(
    _ reader: YAMLReader, _ keys: [String: YAMLReader], currency: String?
  ) throws -> PolicyDemand {
    guard let amount = keys["amount"] else { throw reader.missing("an amount, such as \"100\"") }
    guard let currency = try keys["currency"]?.currency() ?? currency else {
      throw reader.missing("a currency, such as currency: EUR")
    }
    let narrow = PolicyKind.budget.mapping.atMostOneOf.filter { keys[$0] != nil }
    guard narrow.count <= 1 else {
      throw reader.wrong("at most one of runner, instance_type and label", found: narrow.joined(separator: " and "))
    }
    var scope = BudgetScope.everything
    if let type = try keys["instance_type"]?.text() { scope = .instanceType(type) }
    if let label = keys["label"] { scope = try label.label() }
    var basis = BudgetBasis.cost
    if let on = keys["on"] {
      guard let known = BudgetBasis(rawValue: try on.text()) else { throw on.wrong("cost or forecast") }
      if known == .forecast, let word = narrow.first {
        throw on.wrong("cost: only whole sources have a forecast, and this budget is for one \(word)")
      }
      basis = known
    }
    let shares = try keys["warn_at"]?.oneOrMore().map { try $0.share() } ?? []
    return .budget(
      Budget(amount: try amount.money(), warnAt: shares), currency: currency, of: scope, basis: basis)
  }

  private static func failureRate(_ reader: YAMLReader, _ keys: [String: YAMLReader]) throws -> PolicyDemand {
    guard let max = keys["max"] else { throw reader.missing("a max, such as max: 0.1") }
    let limit = RateLimit(
      max: try max.rate(), minimumRuns: Int64(try keys["minimum_runs"]?.count(1...1_000_000_000) ?? 20))
    return .failureRate(limit, over: try keys["last"]?.period() ?? .usual)
  }

  private static func duration(_ reader: YAMLReader, _ keys: [String: YAMLReader]) throws -> PolicyDemand {
    guard let max = keys["max"] else { throw reader.missing("a max, such as max: 30m") }
    let percentiles = [50, 90, 95, 99]
    var percentile = 95
    if let word = keys["percentile"] {
      guard let known = percentiles.first(where: { "p\($0)" == word.plain }) else {
        throw word.wrong("one of " + percentiles.map { "p\($0)" }.joined(separator: ", "))
      }
      percentile = known
    }
    return .duration(
      percentile: percentile, max: try max.duration(), over: try keys["last"]?.period() ?? .usual)
  }
}

extension Share {
  fileprivate static let usualCompleteness = Share(tenThousandths: 9500)
}

extension PolicyPeriod {
  fileprivate static let usual = PolicyPeriod(text: "30d", choice: .last(30, .day))
}
