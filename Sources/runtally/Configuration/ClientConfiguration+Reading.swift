import Harvest
import Reporting

extension ClientConfiguration {
  /// Takes over what a `client:` mapping says, and keeps the rest.
  mutating func read(_ reader: YAMLReader) throws {
    let keys = try reader.mapping(ConfigurationMapping.client.names)
    try keys["attempts"].map { settings.retries.attempts = try $0.count(1...100) }
    try keys["give_up_after"].map { settings.retries.budget = try $0.duration() }
    try keys["backoff"].map { settings.retries.backoffBase = try $0.duration() }
    try keys["longest_backoff"].map { settings.retries.backoffCap = try $0.duration() }
    try keys["connect_timeout"].map { settings.limits.connectSeconds = try $0.seconds() }
    try keys["silence_timeout"].map { settings.limits.readSeconds = try $0.seconds() }
    try keys["body_limit_mib"].map { settings.limits.bodyBytes = try $0.count(1...1_048_576) * 1_048_576 }
    try keys["requests_per_minute"].map {
      settings.rates = RatePolicy(other: Rate(try $0.count(1...1_000_000), per: .seconds(60)))
    }
    try keys["page_size"].map { pageSize = try $0.count(1...100_000) }
    try keys["page_limit"].map { pageLimit = try $0.count(1...1_000_000) }
    try keys["allow_cleartext"].map { settings.allowsCleartext = try $0.flag() }
    try keys["proxy"].map { proxy = try $0.proxy() }
    try keys["ca_file"].map { caFile = Configuration.path(try $0.text(), besides: $0.file) }
  }
}

extension YAMLReader {
  func duration() throws -> Duration {
    guard let duration = Duration(text: try text()) else { throw wrong("a time such as 500ms, 30s, 5m or 1h") }
    return duration
  }

  fileprivate func seconds() throws -> Int {
    let duration = try duration()
    guard duration >= .seconds(1) else { throw wrong("at least 1s") }
    return Int(duration.components.seconds)
  }
}
