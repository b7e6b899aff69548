import Runs
import Testing

/// What a month will have cost, worked out by hand. Days are counted from 0, which is today.
@Suite struct CostForecastTests {
  private func forecast(
    _ costs: [Int64: String], since first: Int64, of stretch: Range<Int64>
  ) throws -> CostForecast {
    func day(_ number: Int64) -> LocalDay { LocalDay(number: 20_000 + number) }
    return try CostForecast(
      costs.sorted { $0.key > $1.key }.map { DailyCost(day: day($0.key), cost: try Money($0.value)) },
      knownSince: day(first), today: day(0), of: day(stretch.lowerBound)..<day(stretch.upperBound))
  }

  private func told(_ forecast: CostForecast) -> [String] {
    guard let estimate = forecast.estimate else { return [] }
    return [estimate.cost, estimate.low, estimate.high].map { $0?.description ?? "–" }
  }

  private func days(_ range: Range<Int64>, _ cost: (Int64) -> String) -> [Int64: String] {
    Dictionary(uniqueKeysWithValues: range.map { ($0, cost($0)) })
  }

  @Test("what is known is added to what is estimated, and to both ends")
  func twoWeeks() throws {
    var costs = days(-14..<0) { _ in "10" }
    (costs[-14], costs[-3]) = ("17", "3")
    // The month began four days ago with 10 + 3 + 10 + 10 and ends after three more, today's included. DaysAheadTests works
    // out 30, 11.419480 and 69.639093.
    let made = try forecast(costs, since: -14, of: -4..<3)
    #expect(made.soFar == (try Money("33")))
    #expect((made.daysLeft, made.historyDays) == (3, 14))
    #expect(told(made) == ["63", "44.41948", "102.639093"])
  }

  @Test("three weeks have a mean for each weekday, and only whole weeks count")
  func threeWeeks() throws {
    let costs = days(-21..<0) { day in "\(10 * ((day + 21) % 7) + (day + 21) / 7)" }
    let made = try forecast(costs, since: -22, of: 0..<9)
    #expect((made.daysLeft, made.historyDays) == (9, 21))
    #expect(told(made) == ["229", "157.960552", "369.182202"])
  }

  @Test("a month that begins later is forecast by its own weekdays")
  func laterMonth() throws {
    let costs = days(-56..<0) { day in "\(1 + 10 * ((day + 56) % 7))" }
    // Nine days from now it is two weekdays later: 21 + 31 + 41. Nothing scatters, but half a day more like all days, of
    // 31, may raise the first to 183.5 / 8.5.
    #expect(told(try forecast(costs, since: -56, of: 9..<12)) == ["93", "93", "93.588235"])
  }

  @Test("no more than eight weeks count, and only whole ones")
  func recentWeeks() throws {
    let costs = days(-100..<0) { $0 < -56 ? "1000" : "1" }
    let made = try forecast(costs, since: -100, of: 0..<10)
    #expect(made.historyDays == 56)
    #expect(told(made) == ["10", "10", "10"])
    #expect(try forecast(costs, since: -55, of: 0..<10).historyDays == 49)
  }

  @Test("with less than 14 days of history nothing is estimated")
  func shortHistory() throws {
    let made = try forecast([-2: "5", 0: "1"], since: -13, of: -3..<20)
    #expect(made.soFar == (try Money("6")))
    #expect((made.daysLeft, made.historyDays, made.estimate) == (20, 7, nil))
    #expect(try forecast([:], since: 5, of: 0..<20).historyDays == 0)
  }

  @Test("a month that is over costs what it cost, to the last digit")
  func finished() throws {
    let made = try forecast([-20: "0.000000000000000000001", -11: "1"], since: -20, of: -30..<0)
    #expect((made.daysLeft, made.historyDays) == (0, 0))
    #expect(told(made) == [String](repeating: "1.000000000000000000001", count: 3))
  }

  @Test("what today cost already is part of today's mean, and no estimate is below what is known")
  func today() throws {
    var costs = days(-14..<0) { _ in "1" }
    costs[0] = "0.25"
    // Of two weeks that are alike nobody knows how weeks differ: 1 + 0.771318 and 1 + 4.594527.
    #expect(told(try forecast(costs, since: -14, of: -1..<2)) == ["3", "1.771318", "5.594527"])
    costs[0] = "4"
    #expect(told(try forecast(costs, since: -14, of: -1..<2)) == ["5", "5", "5.594527"])
    costs[0] = "100"
    #expect(told(try forecast(costs, since: -14, of: -1..<2)) == ["101", "101", "101"])
    // Days without any cost count as such.
    #expect(told(try forecast([-3: "14", -20: "7"], since: -20, of: 0..<1))[0] == "1")
  }

  @Test("a history without any cost has an estimate and no interval")
  func idle() throws {
    #expect(told(try forecast([-60: "5", -1: "0"], since: -60, of: -2..<5)) == ["0", "–", "–"])
  }

  @Test("an estimate is rounded once, after what is known was added to it")
  func roundedOnce() throws {
    func month(_ decimals: Int) throws -> String {
      let past = LocalDay(number: 20_000 - 15)
      let forecast = try CostForecast(
        [DailyCost(day: past, cost: try Money("14.5000005"))]
          + (1...14).map { DailyCost(day: past.advanced(byDays: $0), cost: try Money("0.0000014")) },
        knownSince: past.advanced(byDays: 1), today: past.advanced(byDays: 15), of: past..<past.advanced(byDays: 16),
        decimals: decimals)
      return forecast.estimate.map { $0.cost.description } ?? ""
    }
    // 14.5000005 + 14 × 0.0000014 = 14.5000201, and a day more: 14.5000215.
    #expect(try [month(6), month(9), month(5), month(2)] == ["14.500022", "14.500022", "14.50002", "14.5"])
  }

  @Test("what does not fit is an error and no wrong number")
  func tooLarge() {
    let most = "170000000000000000"
    #expect(throws: DecimalError.self) { try forecast([-1: most, -2: most], since: -20, of: -5..<5) }
    #expect(throws: DecimalError.self) { try forecast(days(-14..<0) { _ in most }, since: -14, of: 0..<5) }
  }
}
