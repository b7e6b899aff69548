/// Every key of `runtally.yaml` with its way from the top, as help and docs/configuration.md show it.
struct ConfigurationReference {
  struct Line: Equatable {
    /// `sources.NAME.client.attempts`, `prices[].runner`.
    var way: String
    /// What it looks like.
    var value: String
    var isRequired: Bool
    var description: String
    /// The vendor whose sources have it; nil for all.
    var vendor: String?
  }

  let lines: [Line]

  init(_ mapping: ConfigurationMapping) {
    lines = ConfigurationReference.lines(of: mapping, way: "")
  }

  private static func lines(of mapping: ConfigurationMapping, way: String) -> [Line] {
    (mapping.keys + (mapping.others.map { [$0] } ?? [])).flatMap { key in
      [
        Line(
          way: way + key.name, value: words(for: key.value), isRequired: key.isRequired, description: key.description)
      ] + lines(below: key.value, way: way + key.name)
    }
  }

  private static func lines(below value: ConfigurationValue, way: String) -> [Line] {
    switch value {
    case .mapping(let mapping), .mappingOrFalse(let mapping): return lines(of: mapping, way: way + ".")
    case .list(.mapping(let mapping)): return lines(of: mapping, way: way + "[].")
    case .oneOrMore(.mapping(let mapping)): return lines(of: mapping, way: way + ".")
    case .sources(let sources): return lines(of: sources, way: way + ".NAME.")
    default: return []
    }
  }

  /// What all vendors have is told once; what one vendor has names it.
  private static func lines(of sources: SourceKeys, way: String) -> [Line] {
    func line(_ key: ConfigurationKey, of vendor: String? = nil) -> Line {
      Line(
        way: way + key.name, value: words(for: key.value), isRequired: key.isRequired, description: key.description,
        vendor: vendor)
    }
    return [line(sources.vendor)]
      + sources.own.flatMap { own in own.keys.map { line($0, of: own.vendor) } }
      + sources.shared.map { line($0) }
  }

  private static func words(for value: ConfigurationValue) -> String {
    switch value {
    case .text: "a text"
    case .form(let words, _), .decimal(let words, _, _, _): words
    case .word(let words): words.joined(separator: " or ")
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .fraction: "a number from 0 to 1"
    case .flag: "true or false"
    case .mapping, .sources: "keys with values"
    case .mappingOrFalse: "keys with values, or false"
    case .list: "a list"
    case .oneOrMore(.mapping): "keys with values, or a list of such"
    case .oneOrMore(let element): words(for: element) + ", or a list of such"
    }
  }
}

extension ConfigurationReference {
  /// A table of Markdown.
  var markdown: String {
    ReportReference.table(
      ["key", "value", "what it means"],
      lines.map { line in
        [
          "`\(line.way)`" + (line.vendor.map { " (\($0))" } ?? ""), line.value,
          (line.isRequired ? "Required. " : "") + line.description,
        ]
      })
  }

  /// For help, where a line of the terminal is short: without what each means.
  var text: String {
    lines.map { line in
      "\(line.way)\(line.vendor.map { " (\($0))" } ?? ""): \(line.value)\(line.isRequired ? ", required" : "")"
    }.joined(separator: "\n")
  }
}
