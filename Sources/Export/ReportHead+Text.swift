import Runs

/// What several formats say of a report in the same words.
extension ReportHead {
  /// Where the column of a name stands in each row.
  func index(of name: String) throws -> Int {
    guard let index = columns.firstIndex(where: { $0.name == name }) else {
      throw ExportError.unknownColumn(report: self.name, column: name)
    }
    return index
  }

  /// What was narrowed down, with all values of each choice: `runner`, `Backup, Search index`.
  var choices: [(name: String, text: String)] {
    var choices: [(name: String, text: String)] = []
    for filter in filters {
      if let index = choices.firstIndex(where: { $0.name == filter.name }) {
        choices[index].text += ", " + filter.value
      } else {
        choices.append((filter.name, filter.value))
      }
    }
    return choices
  }

  /// What it was narrowed down to, as a title names it.
  var narrowed: [String] {
    choices.compactMap { choice in
      switch choice.name {
      case "source", "runner", "outcome": choice.text
      case "exit-code": "exit code \(choice.text)"
      default: nil
      }
    }
  }

  /// What stands in place of the rows when there are none.
  var nothing: String {
    filledBy.isEmpty || emptyText != nil ? whyNothing : whyNothing + " " + filledBy
  }

  /// The first sentence of that.
  var whyNothing: String {
    emptyText ?? (period == nil ? "Nothing to show." : "Nothing in this period.")
  }

  /// The zone in which its times are told, where it has times and no period that names the zone.
  var clockZone: String? {
    let shown = Set(layout.compactMap { if case .column(let name) = $0.content { name } else { nil } })
    let hasTimes = columns.contains { $0.type == .instant && (layout.isEmpty || shown.contains($0.name)) }
    return hasTimes && period == nil ? zone.name : nil
  }

  /// The title over its part of a page: a section that speaks of another period than its page says so.
  func title(on page: ReportHead?) -> String {
    guard isSection, let period, period != page?.period else { return title }
    return "\(title), \(period.words)"
  }
}
