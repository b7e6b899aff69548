import Runs

/// What a page says of all its rows at once: of when they are, whether they may change, what was chosen, and what they
/// have in common.
enum HTMLFacts {
  typealias Fact = (name: String, text: HTML)

  static func list(_ head: ReportHead, common: [(title: String, cell: TableCell)]) -> [Fact] {
    var facts: [Fact] = []
    if let period = head.period {
      facts.append(("Period", HTML(period.words)))
    }
    if head.asOf != nil || head.period != nil {
      facts.append(("Time zone", HTML(head.period?.timeZone ?? head.zone.name)))
    }
    switch head.state {
    case .final: facts.append(("State", "final"))
    case .provisional: facts.append(("State", "provisional, <a href=\"#coverage\">may still change</a>"))
    case .closed: facts.append(("State", "closed, does not change any more"))
    case nil: break
    }
    let common = self.common(common, besides: head)
    // That rows are of nothing in particular is no choice.
    for choice in head.choices where choice.text != "none" && !common.contains(where: { $0.name == name(choice.name) })
    {
      facts.append((name(choice.name), HTML(choice.text)))
    }
    facts += common
    if let asOf = head.asOf { facts.append(("Data as of", HTMLPage.time(asOf, head.zone))) }
    return facts
  }

  /// What the head of the page says already is left out.
  static func common(_ common: [(title: String, cell: TableCell)], besides head: ReportHead?) -> [Fact] {
    common.filter { fact in
      switch fact.title {
      case "state": head?.state == nil
      case "month": head?.period.map { $0.from != $0.to.advanced(byDays: -1).month.firstDay } ?? true
      default: true
      }
    }
    .map { (name($0.title), HTMLTable.html($0.cell)) }
  }

  /// `Group by` for `group-by`
  private static func name(_ choice: String) -> String { choice.replacing("-", with: " ").capitalized() }
}
