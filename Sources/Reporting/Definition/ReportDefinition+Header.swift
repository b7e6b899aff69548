import Runs

extension ReportDefinition {
  /// Reads a definition: SQL that may begin with a `/* … */` comment of YAML.
  ///
  /// - Throws: ``ReportError/badHeader(_:)`` that says what is wrong, where, and what is expected.
  package init(name: String, text: String) throws(ReportError) {
    do throws(YAMLMistake) {
      try self.init(file: name, text: text)
    } catch {
      throw .badHeader(error)
    }
  }

  private init(file name: String, text: String) throws(YAMLMistake) {
    let (yaml, body) = try ReportDefinition.split(text, name)
    let (groups, rows) = ReportDefinition.sections(of: body)
    self.init(name: name, sql: String(rows))
    groupSQL = groups.map(String.init)
    lines.sql = text.line(of: rows.startIndex)
    lines.groupSQL = text.line(of: groups?.startIndex ?? text.startIndex)
    if let yaml, let header = try YAMLReader(file: name, text: yaml) { try read(header) }
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
  private static func split(_ text: String, _ name: String) throws(YAMLMistake) -> (yaml: String?, sql: Substring) {
    guard text.hasPrefix("/*") else { return (nil, text[...]) }
    guard let end = text.firstRange(of: "*/") else {
      throw YAMLMistake(
        file: name, line: 1, problem: .unusable("the comment that begins with /* does not end with */"))
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
    "title", "question", "description", "schema_version", "parameters", "default_period", "default_outcome", "group_by",
    "groups", "columns", "sort", "totals", "prints_closings", "tally", "rounding", "formats", "layout", "chart",
    "sections", "filled_by", "empty", "format_of", "format",
  ]

  private mutating func read(_ header: YAMLReader) throws(YAMLMistake) {
    guard header.isMapping else {
      throw header.unusable(
        "the header must have the keys {\(ReportDefinition.keys.joined(separator: ", "))}, each with a value; "
          + "begin a remark that is no header with --")
    }
    let values = try header.values(ReportDefinition.keys)
    if let node = values["title"] { title = try node.text() }
    if let node = values["question"] { question = try node.text() }
    if let node = values["description"] { description = try node.text() }
    if let node = values["schema_version"] { schemaVersion = try node.integer() }
    if let node = values["parameters"] { parameters = try ReportDefinition.parameters(node) }
    if let node = values["default_period"] { defaultPeriod = try node.word() }
    if let node = values["default_outcome"] { defaultOutcome = try node.outcome() }
    if let node = values["empty"] { emptyText = try node.text() }
    if let node = values["group_by"] { groupBy = try GroupChoice(node) }
    if let node = values["columns"] { try read(columns: node) }
    if let node = values["groups"] {
      let groups = try Column.list(node)
      groupColumns = groups.map(\.column)
      lines.groupColumns = groups.first?.line
    }
    if let node = values["prints_closings"] { printsClosings = try node.flag() }
    if let node = values["tally"] { tally = try Tally(node) }
    if let node = values["rounding"] { canBeRounded = try node.flag() }
    if let node = values["formats"] { ownFormats = try node.names() }
    if let node = values["format_of"] { formatOf = try node.text() }
    if let node = values["format"] { servedFormats = try node.names() }
    let names = (columns ?? []).map(\.name)
    if let node = values["sort"] { sort = try ReportDefinition.sortKeys(node, of: names) }
    if let node = values["totals"] { totals = try totals(node, of: names) }
    if let node = values["layout"] { layout = try layout(node, of: names) }
    if let node = values["chart"] { charts = try Chart.list(node, of: names) }
    if let node = values["filled_by"] { filledBy = try node.text() }
    if let node = values["sections"] { sections = try ReportSection.list(node) }
  }

  private static func parameters(_ node: YAMLReader) throws(YAMLMistake) -> Set<ReportParameter> {
    var parameters: Set<ReportParameter> = []
    for item in try node.elements(of: "parameters") { parameters.insert(try item.word()) }
    return parameters
  }

  private mutating func read(columns node: YAMLReader) throws(YAMLMistake) {
    let columns = try Column.list(node)
    for (column, line) in columns { lines.column[column.name] = line }
    lines.columns = columns.first?.line
    self.columns = columns.map(\.column)
  }

  /// Names of columns that can be added up.
  private func totals(_ node: YAMLReader, of names: [String]) throws(YAMLMistake) -> [String] {
    var totals: [String] = []
    for item in try node.elements(of: "columns") {
      let name = try item.column(of: names)
      if let type = columns?.first(where: { $0.name == name })?.type, !type.canBeAdded {
        throw item.wrong("a column of the type integer, seconds or money", found: "\(name), a \(type.rawValue)")
      }
      totals.append(name)
    }
    return totals
  }

  /// Names of columns, each with or without the word `descending` behind it.
  private static func sortKeys(_ node: YAMLReader, of names: [String]) throws(YAMLMistake) -> [SortKey] {
    var keys: [SortKey] = []
    for item in try node.elements(of: "columns") {
      let text = try item.text()
      let isDescending = text.hasSuffix(SortKey.descending)
      let name = isDescending ? String(text.dropLast(SortKey.descending.count)) : text
      keys.append(SortKey(column: try item.column(name, of: names), isDescending: isDescending))
    }
    return keys
  }

  /// Each item is the name of a column, or `{column, title, hide: zero, missing}`, or `{title, interval: [low, high]}`, or
  /// `{title, change, from, to}`.
  private func layout(_ node: YAMLReader, of names: [String]) throws(YAMLMistake) -> [LayoutColumn] {
    var items: [LayoutColumn] = []
    for item in try node.elements(of: "columns") {
      if item.plain != nil {
        let name = try item.column(of: names)
        items.append(LayoutColumn(title: title(of: name), content: .column(name)))
        continue
      }
      let values = try item.values(["title", "column", "hide", "missing", "interval", "change", "from", "to"])
      let title = try values["title"]?.text()
      let interval = try values["interval"]?.columns(of: names) ?? []
      if interval.count == 2 {
        items.append(LayoutColumn(title: title ?? "", content: .interval(low: interval[0], high: interval[1])))
      } else if let change = try values["change"]?.column(of: names),
        let from = try values["from"]?.column(of: names), let to = try values["to"]?.column(of: names)
      {
        items.append(LayoutColumn(title: title ?? "", content: .change(probability: change, from: from, to: to)))
      } else if let name = try values["column"]?.column(of: names) {
        items.append(
          LayoutColumn(
            title: title ?? self.title(of: name), content: .column(name),
            hidesZero: try values["hide"]?.hidesZero() ?? false, missing: try values["missing"]?.text()))
      } else {
        throw item.unusable(
          "a layout item must be a column's name, {column, title, hide: zero, missing}, "
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
  fileprivate init(_ node: YAMLReader) throws(YAMLMistake) {
    let keys = try node.values(["default", "values", "most", "alone"])
    guard let preset = try keys["default"]?.text(), let values = try keys["values"]?.names() else {
      throw node.missing("a default and values")
    }
    guard values.contains(preset) else {
      throw node.unusable("the default \(preset) is not among the values \(values.joined(separator: ", "))")
    }
    self.init(
      preset: preset, values: values, most: try keys["most"]?.count(1...2) ?? 1,
      lone: try keys["alone"]?.names() ?? [])
  }
}

extension Column {
  /// Its columns, each with its line.
  fileprivate static func list(_ node: YAMLReader) throws(YAMLMistake) -> [(column: Column, line: Int)] {
    var columns: [(column: Column, line: Int)] = []
    for item in try node.elements(of: "columns") {
      let values = try item.values(["name", "type", "title", "unit", "description", "by"])
      guard let name = try values["name"]?.text() else { throw item.missing("a name") }
      if columns.contains(where: { $0.column.name == name }) {
        throw item.wrong("a name of its own", found: "\(name), which another column has")
      }
      var column = Column(
        name: name, type: try values["type"]?.word() ?? .text, title: try values["title"]?.text(),
        unit: try values["unit"]?.text(), description: try values["description"]?.text() ?? "")
      column.groups = try values["by"]?.names() ?? []
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
    case .text, .word, .any, .instant, .day, .month, .price, .decimal, .rate, .probability, .flag: false
    }
  }
}

extension String {
  /// The line on which something stands, from 1.
  fileprivate func line(of index: Index) -> Int {
    1 + utf8[..<index].count { $0 == UInt8(ascii: "\n") }
  }
}

extension ReportDefinition.Tally {
  /// `{by: day, month or interval, of: runner or source, history: true}`; what is left out is a day, a runner, and no.
  fileprivate init(_ node: YAMLReader) throws(YAMLMistake) {
    let values = try node.values(["by", "of", "history"])
    if let time = values["by"] { by = try time.word() }
    if let owner = values["of"] { of = try owner.word() }
    if let node = values["history"] { history = try node.flag() }
  }
}

extension YAMLReader {
  /// The word of an outcome, or `any`.
  fileprivate func outcome() throws(YAMLMistake) -> String {
    let word = try text()
    guard Question.outcomes.contains(word) else {
      throw wrong("one of " + Question.outcomes.joined(separator: ", "), found: word)
    }
    return word
  }
}
