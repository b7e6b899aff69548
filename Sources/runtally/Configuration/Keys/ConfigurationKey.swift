/// A key that `runtally.yaml` takes: its name, what its value looks like, and what it means.
///
/// The reader takes the keys of these lists and no others. Help, docs/configuration.md and the schema for editors are
/// made of the same lists, so no key can be missing in one of them.
struct ConfigurationKey: Sendable {
  var name: String
  var value: ConfigurationValue
  var isRequired: Bool
  /// One sentence, with the value that holds where nobody says.
  var description: String

  init(_ name: String, _ value: ConfigurationValue, isRequired: Bool = false, _ description: String) {
    self.name = name
    self.value = value
    self.isRequired = isRequired
    self.description = description
  }
}

/// What stands behind a key.
indirect enum ConfigurationValue: Sendable {
  case text
  /// A text that the pattern (ECMA 262, anchored) knows, described in words with an example.
  case form(String, pattern: String)
  /// A decimal in digits, quoted or not, that the pattern knows where it is quoted; from 0, or above 0 only.
  case decimal(String, pattern: String, isAboveZero: Bool = false, maximum: Int? = nil)
  /// One of these words.
  case word([String])
  case integer(ClosedRange<Int>)
  /// A number from 0 to 1.
  case fraction
  case flag
  case mapping(ConfigurationMapping)
  /// A mapping, or `false`.
  case mappingOrFalse(ConfigurationMapping)
  /// A list of such values.
  case list(ConfigurationValue)
  /// One such value, or a list of them.
  case oneOrMore(ConfigurationValue)
  /// A mapping from names of one's own to sources, whose other keys hang on their vendor.
  case sources(SourceKeys)
}

/// Keys that stand beside each other.
struct ConfigurationMapping: Sendable {
  var keys: [ConfigurationKey]
  /// Of these keys exactly one has to be there.
  var exactlyOneOf: [String] = []
  /// Of these keys one may be there.
  var atMostOneOf: [String] = []
  /// What any key beside the known ones means; nil where there can be none.
  var others: ConfigurationKey?

  init(_ keys: [ConfigurationKey]) {
    self.keys = keys
  }

  var names: [String] { keys.map(\.name) }
}

/// The keys of sources: what every source has, and what the sources of one vendor have.
struct SourceKeys: Sendable {
  var vendor: ConfigurationKey
  var own: [(vendor: String, keys: [ConfigurationKey])]
  var shared: [ConfigurationKey]
}

extension ConfigurationValue {
  static let duration = form(
    "a time such as 500ms, 30s, 5m or 1h", pattern: "0*([1-9][0-9]{0,11}ms|\(longTimes))")
  /// One of at least a second.
  static let seconds = form(
    "a time of at least 1s", pattern: "0*([1-9][0-9]{3,11}ms|\(longTimes))")
  private static let longTimes = "[1-9][0-9]{0,8}s|[1-9][0-9]{0,7}m|[1-9][0-9]{0,5}h|([1-9][0-9]{0,4}|100000)d"
  static let currency = form("an ISO 4217 code such as EUR", pattern: "[A-Z]{3}")
  static let variable = form("an environment variable, \"${NAME}\"", pattern: #"\$\{[A-Za-z0-9_]+\}"#)
  static let price = decimal(
    "a decimal of at most 18 places, such as \"0.00012\"",
    pattern: #"0*[0-9]{1,5}(\.[0-9]{1,18})?|0*100000(\.0{1,18})?"#, maximum: 100_000)
  static let amount = decimal(
    "a decimal above 0, such as \"100\"", pattern: "(?=.*[1-9])" + decimalPattern, isAboveZero: true,
    maximum: 999_999_999_999)
  static let share = decimal(
    "a share from 0 to 1, such as 0.8", pattern: #"0(\.[0-9]{1,4})?|1(\.0{1,4})?"#, maximum: 1)
  private static let decimalPattern = #"[0-9]{1,12}(\.[0-9]{1,18})?"#
  static let period = form("a number with d, w or m, such as 30d", pattern: "[1-9][0-9]{0,4}[dwm]")
  static let billing = form(
    "exact, ceil-second or \"minimum-seconds: N\"",
    pattern:
      "exact|ceil-second|minimum-seconds: *(0|[1-9][0-9]{0,3}|[1-7][0-9]{4}|8[0-5][0-9]{3}|86[0-3][0-9]{2}|86400)")
  static let proxy = form(
    "an address such as http://proxy.example.com:3128, none, or \"${NAME}\" for a variable with one",
    pattern: #"none|\$\{[A-Za-z0-9_]+\}|(https?|socks4a?|socks5h?)://[^@]+"#)
  static let start = form(
    "a day such as 2026-01-31, or an instant with its offset",
    pattern: #"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"#
      + #"(T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-][0-2][0-9]:[0-5][0-9]))?"#)
  static let labelAndValue = form("a label and its value, such as cost_center=4711", pattern: "[^=]+=.+")
}
