import Runs
import Store

/// A column that the rows of a report are sorted by, in place of the report's own order: `cost:desc`.
struct RowSort: Equatable {
  /// As it was asked for, with what may be a direction behind it.
  private let text: String

  private static let directions = ["desc": true, "asc": false]

  static func all(_ texts: [String]) -> [RowSort] { texts.map { RowSort(text: $0) } }

  /// Where its column stands among these, and whether the highest comes first. A column whose name ends like a direction
  /// is that column.
  fileprivate func key(
    among names: [String], of report: String
  ) throws(ReportError) -> (index: Int, isDescending: Bool) {
    if let index = names.firstIndex(of: text) { return (index, false) }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let direction = parts.count > 1 ? parts.last.flatMap { RowSort.directions[String($0)] } : nil
    let name = direction == nil ? text : parts.dropLast().joined(separator: ":")
    guard let index = names.firstIndex(of: name) else {
      throw .unknownColumn(name, report: report, near: names.nearest(to: name), known: names)
    }
    return (index, direction ?? false)
  }
}

extension ReportPlan {
  /// The order in which a statement is to give its rows.
  ///
  /// Rows that are alike in what is sorted by stay in the report's own order, or, where it says none, are sorted by all
  /// their columns: so that one ledger gives one order.
  ///
  /// - Parameter statement: the columns that the statement gives.
  /// - Throws: ``ReportError/unknownColumn(_:report:near:known:)``
  func order(of statement: [String]) throws(ReportError) -> RowOrder {
    // Those that a reader sees, and where the statement has them.
    let names = definition.columns?.map(\.name) ?? statement
    let places = kept.isEmpty ? Array(names.indices) : kept
    var order = RowOrder(keys: [], limit: limit)
    for column in sort {
      let (index, isDescending) = try column.key(among: names, of: definition.name)
      order.keys.append(key(places[index], isDescending))
    }
    let all = whole.columns?.map(\.name) ?? statement
    let own = whole.sort.compactMap { sort in all.firstIndex(of: sort.column).map { key($0, sort.isDescending) } }
    order.keys += own.isEmpty ? all.indices.map { key($0, false) } : own
    return order
  }

  private func key(_ place: Int, _ isDescending: Bool) -> RowOrder.Key {
    let type = whole.columns.map { $0[place].type }
    return RowOrder.Key(
      place: place, isDescending: isDescending, isDecimal: [.money, .price, .decimal].contains(type))
  }
}
