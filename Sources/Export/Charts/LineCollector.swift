import Runs

/// One line with its interval.
struct LinePanel: Equatable {
  struct Point: Equatable {
    var label: String
    /// Days, months or milliseconds: whatever it is, distances are true.
    var x: Double
    /// Nil where there is nothing, which breaks the line.
    var y: Double?
    var low: Double?
    var high: Double?
    /// Its time is over, and all of it lies in the period: only then it can be compared with others.
    var isWhole = true
    /// It is another value than the one before, and hardly by chance.
    var step: Mark?
  }

  /// Nil where there is only one line.
  var name: String?
  var points: [Point] = []
}

/// Picks the points of lines while rows go by: of the first few lines, the last points of each.
struct LineCollector {
  static let mostPoints = 400
  static let mostLines = 6

  private let x: Int
  private let y: Int
  private let low: Int?
  private let high: Int?
  private let series: [Int]
  private let step: (probability: Int, before: Int)?
  private let columns: [Column]
  private let interval: ReportInterval?
  /// The local days that are over and in the period.
  private let days: Range<LocalDay>?
  private var lines: [[Value]] = []
  private var points: [[LinePanel.Point]] = []
  private(set) var isCut = false

  var value: Column { columns[y] }
  var along: Column { columns[x] }

  init(_ line: Chart.Line, head: ReportHead) throws {
    columns = head.columns
    x = try head.index(of: line.x)
    y = try head.index(of: line.y)
    low = try line.low.map { try head.index(of: $0) }
    high = try line.high.map { try head.index(of: $0) }
    series = try line.series.map { try head.index(of: $0) }
    step = try line.step.map { (try head.index(of: $0.probability), try head.index(of: $0.before)) }
    interval = head.interval
    let today = head.asOf.map { head.zone.day(of: $0) }
    days = head.period.map { period in
      let end = min(period.to, today ?? period.to)
      return period.from..<max(period.from, end)
    }
  }

  mutating func add(_ values: [Value]) {
    let key = series.map { values[$0] }
    guard let place = lines.firstIndex(of: key) ?? begin(key) else { return }
    let count = points[place].count
    points[place].append(
      LinePanel.Point(
        label: label(values[x]), x: position(values[x]) ?? Double(count), y: number(values, y),
        low: low.flatMap { number(values, $0) }, high: high.flatMap { number(values, $0) }, isWhole: isWhole(values[x]),
        step: mark(values)))
    if count == LineCollector.mostPoints {
      points[place].removeFirst()
      isCut = true
    }
  }

  var tellsSteps: Bool { step != nil }

  private func mark(_ values: [Value]) -> Mark? {
    guard let step, let p = number(values, step.probability) else { return nil }
    return Mark(probability: p, from: number(values, step.before), to: number(values, y))
  }

  private func isWhole(_ value: Value) -> Bool {
    guard let interval, let days, columns[x].type == .day, case .integer(let number) = value else { return true }
    let day = LocalDay(number: number)
    return interval.start(of: day) >= days.lowerBound && interval.end(of: day) <= days.upperBound
  }

  private mutating func begin(_ key: [Value]) -> Int? {
    guard lines.count < LineCollector.mostLines else {
      isCut = true
      return nil
    }
    lines.append(key)
    points.append([])
    return lines.count - 1
  }

  func panels() -> [LinePanel] {
    zip(lines, points).map { key, points in
      let parts = zip(key, series).compactMap { ScreenText.text($0, columns[$1].type) }
      return LinePanel(name: series.isEmpty ? nil : parts.first ?? "(none)", points: named(points))
    }
  }

  /// Days that all begin a month are better called by it.
  private func named(_ points: [LinePanel.Point]) -> [LinePanel.Point] {
    guard columns[x].type == .day, points.allSatisfy({ $0.label.hasSuffix("-01") }) else { return points }
    return points.map { point in
      var point = point
      point.label = String(point.label.dropLast(3))
      return point
    }
  }

  private func label(_ value: Value) -> String { ScreenText.text(value, columns[x].type) ?? "–" }

  private func position(_ value: Value) -> Double? {
    switch value {
    case .integer(let integer): Double(integer)
    case .real(let real) where real.isFinite: real
    case .text(let text): Month(text).map { Double($0.firstDay.number) }
    case .null, .real: nil
    }
  }

  private func number(_ values: [Value], _ index: Int) -> Double? {
    ChartAmount(values[index], columns[index].type)?.length(columns[index].type)
  }
}
