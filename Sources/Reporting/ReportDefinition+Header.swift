import Runs
import Yams

extension ReportDefinition {
  /// Reads a definition: SQL that may begin with a `/* … */` comment of YAML.
  ///
  /// - Throws: ``ReportError/badHeader(report:reason:)`` that says what is wrong and what is expected.
  public init(name: String, text: String) throws(ReportError) {
    let (yaml, body) = ReportDefinition.split(text)
    let header = try ReportDefinition.header(of: name, yaml: yaml)
    let (groups, rows) = ReportDefinition.sections(of: body)
    func bad(_ reason: String) -> ReportError { .badHeader(report: name, reason: reason) }

    self.name = name
    title = header.title ?? name
    question = header.question ?? ""
    description = header.description ?? ""
    schemaVersion = header.schemaVersion ?? 1
    parameters = []
    for word in header.parameters ?? [] {
      guard let parameter = ReportParameter(rawValue: word) else {
        throw bad("unknown parameter \(word); expected \(ReportParameter.allCases.map(\.rawValue))")
      }
      parameters.insert(parameter)
    }
    guard let period = DefaultPeriod(rawValue: header.defaultPeriod ?? DefaultPeriod.thirtyDays.rawValue) else {
      throw bad("unknown default_period; expected \(DefaultPeriod.allCases.map(\.rawValue))")
    }
    defaultPeriod = period
    groupBy = header.groupBy.map { GroupChoice(preset: $0.default, values: $0.values) }
    columns = try header.columns?.map { column throws(ReportError) in try column.value(in: name) }
    groupColumns = try (header.groups ?? []).map { column throws(ReportError) in try column.value(in: name) }
    sort = header.sort ?? []
    totals = header.totals ?? []
    canBeRounded = header.rounding ?? false
    formats = header.formats ?? ["table", "csv", "json", "jsonl"]
    layout = []
    formatOf = header.formatOf
    format = header.format
    groupSQL = groups
    sql = rows

    let names = Set((columns ?? []).map(\.name))
    layout = try (header.layout ?? []).map { item throws(ReportError) in
      let shown = item.value(titles: columns ?? [])
      if let missing = shown.names.first(where: { !names.contains($0) }) {
        throw bad("layout names \(missing), which is no column")
      }
      return shown.column
    }
    if let missing = totals.first(where: { !names.contains($0) }) {
      throw bad("totals names \(missing), which is no column")
    }
  }

  private static func split(_ text: String) -> (yaml: String?, sql: String) {
    guard text.hasPrefix("/*"), let end = text.range(of: "*/") else { return (nil, text) }
    let start = text.index(text.startIndex, offsetBy: 2)
    return (String(text[start..<end.lowerBound]), String(text[end.upperBound...]))
  }

  /// `-- groups` and `-- rows` lines part a definition with groups.
  private static func sections(of body: String) -> (groups: String?, rows: String) {
    guard let groups = body.range(of: "-- groups\n"), let rows = body.range(of: "-- rows\n") else {
      return (nil, body)
    }
    return (String(body[groups.upperBound..<rows.lowerBound]), String(body[rows.upperBound...]))
  }

  private static func header(of name: String, yaml: String?) throws(ReportError) -> Header {
    guard let yaml else { return Header() }
    do {
      let known = Set(Header.CodingKeys.allCases.map(\.rawValue))
      let keys = try Yams.compose(yaml: yaml)?.mapping?.keys.compactMap(\.string) ?? []
      if let unknown = keys.first(where: { !known.contains($0) }) {
        throw ReportError.badHeader(
          report: name, reason: "unknown key \(unknown); expected \(known.sorted().joined(separator: ", "))")
      }
      return try YAMLDecoder().decode(Header.self, from: yaml)
    } catch let error as ReportError {
      throw error
    } catch DecodingError.dataCorrupted(let context) {
      throw .badHeader(report: name, reason: context.debugDescription)
    } catch {
      throw .badHeader(report: name, reason: "\(error)")
    }
  }
}

/// The header as it stands in the file; its keys are the file's words.
private struct Header: Decodable {
  var title: String?
  var question: String?
  var description: String?
  var schemaVersion: Int?
  var parameters: [String]?
  var defaultPeriod: String?
  var groupBy: GroupBy?
  var groups: [HeaderColumn]?
  var columns: [HeaderColumn]?
  var sort: [String]?
  var totals: [String]?
  var rounding: Bool?
  var formats: [String]?
  var layout: [HeaderLayout]?
  var formatOf: String?
  var format: String?

  struct GroupBy: Decodable {
    var `default`: String
    var values: [String]
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case title, question, description, parameters, groups, columns, sort, totals, rounding, formats, layout, format
    case schemaVersion = "schema_version"
    case defaultPeriod = "default_period"
    case groupBy = "group_by"
    case formatOf = "format_of"
  }
}

private struct HeaderColumn: Decodable {
  var name: String
  var type: String?
  var title: String?
  var unit: String?
  var description: String?

  enum CodingKeys: String, CodingKey, CaseIterable { case name, type, title, unit, description }

  init(from decoder: any Decoder) throws {
    // A comma that should have been quoted makes a second key of the rest of a sentence.
    let known = CodingKeys.allCases.map(\.rawValue)
    if let stray = try decoder.container(keyedBy: AnyKey.self).allKeys.first(where: { !known.contains($0.stringValue) })
    {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "unknown key \"\(stray.stringValue)\" of a column"))
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    type = try container.decodeIfPresent(String.self, forKey: .type)
    title = try container.decodeIfPresent(String.self, forKey: .title)
    unit = try container.decodeIfPresent(String.self, forKey: .unit)
    description = try container.decodeIfPresent(String.self, forKey: .description)
  }

  func value(in report: String) throws(ReportError) -> Column {
    guard let type = ColumnType(rawValue: type ?? "text") else {
      throw .badHeader(
        report: report,
        reason: "column \(name) has the type \(type ?? ""); expected \(ColumnType.allCases.map(\.rawValue))")
    }
    return Column(name: name, type: type, title: title, unit: unit, description: description ?? "")
  }
}

private struct AnyKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) {
    self.stringValue = stringValue
  }

  init?(intValue: Int) {
    return nil
  }
}

/// Either the name of a column, or `{column, title, hide: zero}`, `{title, interval: [low, high]}`, `{title, change, of}`.
private struct HeaderLayout: Decodable {
  var column: String?
  var title: String?
  var interval: [String]?
  var change: String?
  var of: String?
  var hide: String?

  enum CodingKeys: String, CodingKey { case column, title, interval, change, of, hide }

  init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      column = name
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    column = try container.decodeIfPresent(String.self, forKey: .column)
    title = try container.decodeIfPresent(String.self, forKey: .title)
    interval = try container.decodeIfPresent([String].self, forKey: .interval)
    change = try container.decodeIfPresent(String.self, forKey: .change)
    of = try container.decodeIfPresent(String.self, forKey: .of)
    hide = try container.decodeIfPresent(String.self, forKey: .hide)
  }

  /// The column on the screen, and the names that it needs.
  func value(titles: [Column]) -> (column: LayoutColumn, names: [String]) {
    if let interval, interval.count == 2 {
      return (LayoutColumn(title: title ?? "", content: .interval(low: interval[0], high: interval[1])), interval)
    }
    if let change, let of {
      return (LayoutColumn(title: title ?? "", content: .change(probability: change, of: of)), [change, of])
    }
    let name = column ?? ""
    let known = titles.first { $0.name == name }?.title
    return (
      LayoutColumn(title: title ?? known ?? name, content: .column(name), hidesZero: hide == "zero"), [name]
    )
  }
}
