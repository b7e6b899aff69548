import Runs

/// What the rows of a report are grouped by: one key or, where the report takes two, both at once.
struct Grouping: Equatable {
  /// As they were asked for: `source`, `label:cost_center`. Empty for reports that do not group.
  var keys: [String] = []
  /// The keys of labels among them.
  var labels: [String] { keys.filter { $0.hasPrefix([RunnerLabel].prefix) }.map(Grouping.labelKey) }
  /// The word of the only key there is, and several with commas between: what a statement of its own is told.
  var word: String? { keys.isEmpty ? nil : keys.map { Grouping.word(of: $0) }.joined(separator: ",") }

  /// The words that columns name: of two labels the other one has a word of its own.
  var words: [String] {
    let words = keys.map { Grouping.word(of: $0) }.once
    return labels.count > 1 ? words + [Grouping.secondLabel] : words
  }

  static let label = "label"
  static let secondLabel = "second-label"
  static let labelWords = [label, secondLabel]

  private static func word(of key: String) -> String {
    key.hasPrefix([RunnerLabel].prefix) ? label : key
  }

  private static func labelKey(_ key: String) -> String { String(key.dropFirst([RunnerLabel].prefix.count)) }
}

extension Grouping {
  /// Every choice made: what is asked for, or the definition's own.
  ///
  /// - Parameter asked: each one key, or several with commas between.
  init(
    _ asked: [String], _ choice: ReportDefinition.GroupChoice?, labelKeys: [String]
  ) throws(ReportError) {
    guard let choice else {
      keys = asked
      return
    }
    let choices = choice.values.flatMap { value in
      value == Grouping.label ? labelKeys.map { [RunnerLabel].prefix + $0 } : [value]
    }
    let parameter = ReportParameter.groupBy.rawValue
    for text in asked.isEmpty ? [choice.preset] : asked {
      // A label may have a comma in its name.
      for key in choices.contains(text)
        ? [text] : text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      {
        guard choices.contains(key) else {
          throw .unknownChoice(parameter: parameter, value: key, choices: choices)
        }
        keys.append(key)
      }
    }
    keys = keys.once
    let joined = keys.joined(separator: ",")
    guard keys.count <= choice.most else { throw .tooManyGroups(joined, most: choice.most) }
    let lone = choice.lone.first { keys.contains($0) }
    if let lone, keys.count > 1 { throw .loneGroup(lone, among: joined) }
  }
}

extension ReportDefinition {
  /// The columns that tell apart what the rows are grouped by, those with the names first.
  func columns(of grouping: Grouping) -> [String] {
    let names = grouping.words.map { word in
      switch word {
      case "source": ["source"]
      case "runner": ["runner", "source", "runner_id"]
      case "instance-type": ["instance_type"]
      case Grouping.label: ["label"]
      case Grouping.secondLabel: ["second_label"]
      default: [String]()
      }
    }
    return (names.compactMap(\.first) + names.flatMap { $0.dropFirst() }).once
  }

  /// What the column of a label is called: as its key, or, where another column of the report is called so, as it was
  /// asked for.
  package func name(ofLabel key: String) -> String {
    columns?.contains { $0.name == key } ?? false ? [RunnerLabel].prefix + key : key
  }

  /// The definition of the report when grouped so: without the columns that would be empty, and what is made of them.
  ///
  /// - Parameter keepingPlaces: only those of labels are left out, which are the last.
  func grouped(
    by grouping: Grouping, keepingPlaces: Bool = false
  ) -> (definition: ReportDefinition, kept: [Int]) {
    guard let columns else { return (self, []) }
    let words = grouping.words
    let kept = columns.indices.filter { index in
      let groups = columns[index].groups
      return groups.isEmpty || groups.contains(where: words.contains)
        || keepingPlaces && !groups.contains(where: Grouping.labelWords.contains)
    }
    var names: [String: String] = [:]
    for index in kept { names[columns[index].name] = columns[index].name }
    for (column, key) in zip(["label", "second_label"], grouping.labels) where names[column] != nil {
      names[column] = name(ofLabel: key)
    }
    var definition = self
    definition.columns = kept.map { columns[$0].renamed(names[columns[$0].name] ?? columns[$0].name) }
    // What the rows are of is what people look for.
    let subjects = self.columns(of: grouping).prefix(words.count)
    let isSubject = { (item: LayoutColumn) in
      if case .column(let name) = item.content { subjects.contains(name) } else { false }
    }
    definition.layout = (layout.filter(isSubject) + layout.filter { !isSubject($0) }).compactMap { $0.renamed(names) }
    definition.totals = totals.filter { names[$0] != nil }
    let group = self.columns(of: grouping)
    definition.charts = charts.compactMap { $0.grouped(by: group)?.renamed(names) }
    return (definition, kept)
  }
}

extension ReportDefinition {
  /// The columns of its CSV when it is grouped so; nil where it promises none. A label may be any: the keys of those that
  /// there are stand in a configuration.
  package func columnsInPlace(groupBy words: [String]) throws(ReportError) -> [Column]? {
    let keys = words.flatMap { $0.split(separator: ",") }.compactMap { word in
      word.hasPrefix("label:") ? String(word.dropFirst(6)) : nil
    }
    return grouped(by: try Grouping(words, groupBy, labelKeys: keys), keepingPlaces: true).definition.columns
  }
}

extension Column {
  fileprivate func renamed(_ name: String) -> Column {
    guard name != self.name else { return self }
    var column = self
    (column.name, column.title) = (name, name)
    return column
  }
}

extension LayoutColumn {
  /// With other names of columns; nil where it speaks of one that is not there.
  fileprivate func renamed(_ names: [String: String]) -> LayoutColumn? {
    var layout = self
    switch content {
    case .column(let name):
      guard let new = names[name] else { return nil }
      if new != name { (layout.title, layout.content) = (new, .column(new)) }
    case .interval(let low, let high):
      guard names[low] != nil, names[high] != nil else { return nil }
    case .change(let probability, let before, let after):
      guard [probability, before, after].allSatisfy({ names[$0] != nil }) else { return nil }
    }
    return layout
  }
}

extension Chart {
  /// With other names of columns; nil where it speaks of one that is not there.
  fileprivate func renamed(_ names: [String: String]) -> Chart? {
    guard columns.allSatisfy({ names[$0] != nil }) else { return nil }
    var chart = self
    switch kind {
    case .bars(var bars):
      bars.category = bars.category.map { names[$0] ?? $0 }
      chart.kind = .bars(bars)
    case .line(var line):
      line.series = line.series.map { names[$0] ?? $0 }
      chart.kind = .line(line)
    case .figures: break
    }
    return chart
  }
}
