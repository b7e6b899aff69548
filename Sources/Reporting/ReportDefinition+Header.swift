import Runs

extension ReportDefinition {
  /// Reads a definition: SQL that may begin with a `/* … */` comment of YAML.
  ///
  /// - Throws: ``ReportError/badHeader(report:line:reason:)`` that says what is wrong, where, and what is expected.
  package init(name: String, text: String) throws(ReportError) {
    let (yaml, body) = try ReportDefinition.split(text, name)
    let (groups, rows) = ReportDefinition.sections(of: body)
    self.init(name: name, sql: String(rows))
    groupSQL = groups.map(String.init)
    lines.sql = text.line(of: rows.startIndex)
    lines.groupSQL = text.line(of: groups?.startIndex ?? text.startIndex)
    if let yaml, let header = try HeaderNode.root(of: yaml, in: name) { try read(header) }
  }

  /// A statement without a header: whatever it gives is taken.
  private init(name: String, sql: String) {
    self.init(
      name: name, title: name, question: "", description: "", schemaVersion: 1, parameters: [],
      defaultPeriod: .thirtyDays, groupBy: nil, columns: nil, groupColumns: [], sort: [], totals: [],
      canBeRounded: false, ownFormats: [], layout: [], formatOf: nil, servedFormats: [],
      groupSQL: nil, sql: sql)
  }

  /// The comment must be the very first thing, so that its lines are those of the file.
  private static func split(_ text: String, _ name: String) throws(ReportError) -> (yaml: String?, sql: Substring) {
    guard text.hasPrefix("/*") else { return (nil, text[...]) }
    guard let end = text.firstRange(of: "*/") else {
      throw .badHeader(report: name, line: 1, reason: "the comment that begins with /* does not end with */")
    }
    let start = text.index(text.startIndex, offsetBy: 2)
    return (String(text[start..<end.lowerBound]), text[end.upperBound...])
  }

  /// `-- groups` and `-- rows` lines part a definition with groups.
  private static func sections(of body: Substring) -> (groups: Substring?, rows: Substring) {
    guard let groups = body.firstRange(of: "-- groups\n"), let rows = body.firstRange(of: "-- rows\n"),
      groups.upperBound <= rows.lowerBound
    else { return (nil, body) }
    return (body[groups.upperBound..<rows.lowerBound], body[rows.upperBound...])
  }
}

extension ReportDefinition {
  /// The keys of a header, in the order of an error message.
  private static let keys = [
    "title", "question", "description", "schema_version", "parameters", "default_period", "group_by", "groups",
    "columns", "sort", "totals", "rounding", "formats", "layout", "chart", "sections", "format_of",
    "format",
  ]

  private mutating func read(_ header: HeaderNode) throws(ReportError) {
    let values = try header.keys(ReportDefinition.keys)
    if let node = values["title"] { title = try node.text("title") }
    if let node = values["question"] { question = try node.text("question") }
    if let node = values["description"] { description = try node.text("description") }
    if let node = values["schema_version"] { schemaVersion = try node.integer("schema_version") }
    if let node = values["parameters"] { parameters = try ReportDefinition.parameters(node) }
    if let node = values["default_period"] { defaultPeriod = try ReportDefinition.period(node) }
    if let node = values["group_by"] { groupBy = try GroupChoice(node) }
    if let node = values["columns"] { try read(columns: node) }
    if let node = values["groups"] {
      groupColumns = try Column.list(node, "groups").map(\.column)
      lines.groupColumns = node.line
    }
    if let node = values["rounding"] { canBeRounded = try node.flag("rounding") }
    if let node = values["formats"] { ownFormats = try node.names("formats") }
    if let node = values["format_of"] { formatOf = try node.text("format_of") }
    if let node = values["format"] { servedFormats = try node.names("format") }
    if let node = values["sort"] { sort = try sortKeys(node) }
    if let node = values["totals"] { totals = try totals(node) }
    if let node = values["layout"] { layout = try layout(node) }
    if let node = values["chart"] {
      charts = try Chart.list(node) { name, item throws(ReportError) in try checkColumn(name, item, "chart") }
    }
    if let node = values["sections"] { sections = try ReportSection.list(node) }
  }

  private static func parameters(_ node: HeaderNode) throws(ReportError) -> Set<ReportParameter> {
    var parameters: Set<ReportParameter> = []
    for word in try node.names("parameters") {
      guard let parameter = ReportParameter(rawValue: word) else {
        throw node.bad("unknown parameter \(word); expected \(joined(ReportParameter.allCases.map(\.rawValue)))")
      }
      parameters.insert(parameter)
    }
    return parameters
  }

  private static func period(_ node: HeaderNode) throws(ReportError) -> DefaultPeriod {
    let word = try node.text("default_period")
    guard let period = DefaultPeriod(rawValue: word) else {
      throw node.bad("unknown default_period \(word); expected \(joined(DefaultPeriod.allCases.map(\.rawValue)))")
    }
    return period
  }

  private mutating func read(columns node: HeaderNode) throws(ReportError) {
    var columns: [Column] = []
    for (column, line) in try Column.list(node, "columns") {
      columns.append(column)
      lines.column[column.name] = line
    }
    self.columns = columns
    lines.columns = node.line
  }

  /// Names of columns that can be added up.
  private func totals(_ node: HeaderNode) throws(ReportError) -> [String] {
    let names = try node.names("totals")
    for name in names {
      try checkColumn(name, node, "totals")
      guard let type = columns?.first(where: { $0.name == name })?.type, !type.canBeAdded else { continue }
      throw node.bad(
        "totals names \(name), whose type \(type.rawValue) cannot be added up; expected integer, seconds or money")
    }
    return names
  }

  /// Names of columns, each with or without the word `descending` behind it.
  private func sortKeys(_ node: HeaderNode) throws(ReportError) -> [SortKey] {
    var keys: [SortKey] = []
    for text in try node.names("sort") {
      let isDescending = text.hasSuffix(SortKey.descending)
      let key = SortKey(
        column: isDescending ? String(text.dropLast(SortKey.descending.count)) : text, isDescending: isDescending)
      try checkColumn(key.column, node, "sort")
      keys.append(key)
    }
    return keys
  }

  func checkColumn(_ name: String, _ node: HeaderNode, _ key: String) throws(ReportError) {
    guard columns?.contains(where: { $0.name == name }) ?? false else {
      throw node.bad("\(key) names \(name), which is no column")
    }
  }

  /// Each item is the name of a column, or `{column, title, hide: zero}`, or `{title, interval: [low, high]}`, or
  /// `{title, change, from, to}`.
  private func layout(_ node: HeaderNode) throws(ReportError) -> [LayoutColumn] {
    var items: [LayoutColumn] = []
    for item in try node.list("layout", of: "columns") {
      if let name = item.plain {
        try checkColumn(name, item, "layout")
        items.append(LayoutColumn(title: title(of: name), content: .column(name)))
        continue
      }
      let values = try item.keys(["title", "column", "hide", "interval", "change", "from", "to"], of: "layout")
      let title = try values["title"]?.text("title")
      let names = try values["interval"]?.names("interval") ?? []
      if names.count == 2 {
        items.append(LayoutColumn(title: title ?? "", content: .interval(low: names[0], high: names[1])))
        for name in names { try checkColumn(name, item, "layout") }
      } else if let change = try values["change"]?.text("change"),
        let from = try values["from"]?.text("from"), let to = try values["to"]?.text("to")
      {
        items.append(LayoutColumn(title: title ?? "", content: .change(probability: change, from: from, to: to)))
        for name in [change, from, to] { try checkColumn(name, item, "layout") }
      } else if let name = try values["column"]?.text("column") {
        let hide = try values["hide"]?.text("hide")
        guard hide == nil || hide == "zero" else { throw item.bad("hide must be zero") }
        items.append(
          LayoutColumn(title: title ?? self.title(of: name), content: .column(name), hidesZero: hide == "zero"))
        try checkColumn(name, item, "layout")
      } else {
        throw item.bad(
          "a layout item must be a column's name, {column, title, hide: zero}, "
            + "{title, interval: [low, high]} or {title, change, from, to}")
      }
    }
    return items
  }

  private func title(of column: String) -> String {
    columns?.first { $0.name == column }?.title ?? column
  }
}

extension ReportDefinition.GroupChoice {
  fileprivate init(_ node: HeaderNode) throws(ReportError) {
    let keys = try node.keys(["default", "values"], of: "group_by")
    guard let preset = try keys["default"]?.text("default"), let values = try keys["values"]?.names("values") else {
      throw node.bad("group_by must have a default and values")
    }
    guard values.contains(preset) else {
      throw node.bad("group_by has the default \(preset), which is not among \(joined(values))")
    }
    self.init(preset: preset, values: values)
  }
}

extension Column {
  fileprivate static func list(
    _ node: HeaderNode, _ key: String
  ) throws(ReportError) -> [(column: Column, line: Int?)] {
    var columns: [(column: Column, line: Int?)] = []
    for item in try node.list(key, of: "columns") {
      let values = try item.keys(["name", "type", "title", "unit", "description"], of: key)
      guard let name = try values["name"]?.text("name") else { throw item.bad("a column has no name") }
      let word = try values["type"]?.text("type") ?? "text"
      guard let type = ColumnType(rawValue: word) else {
        throw item.bad(
          "column \(name) has the type \(word); expected \(joined(ColumnType.allCases.map(\.rawValue)))")
      }
      if columns.contains(where: { $0.column.name == name }) {
        throw item.bad("\(key) has the column \(name) twice")
      }
      let column = Column(
        name: name, type: type, title: try values["title"]?.text("title"), unit: try values["unit"]?.text("unit"),
        description: try values["description"]?.text("description") ?? "")
      columns.append((column, item.line))
    }
    return columns
  }
}

extension ColumnType {
  /// Whether a total of it means anything.
  fileprivate var canBeAdded: Bool {
    switch self {
    case .integer, .seconds, .money: true
    case .text, .word, .any, .instant, .day, .month, .price, .rate, .probability, .flag: false
    }
  }
}

extension String {
  /// The line on which something stands, from 1.
  fileprivate func line(of index: Index) -> Int {
    1 + utf8[..<index].count { $0 == UInt8(ascii: "\n") }
  }
}

private func joined(_ words: [String]) -> String {
  words.joined(separator: ", ")
}
