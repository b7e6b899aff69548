import GRDB
import Runs

extension ReportFunctions {
  static let forecasts: [DatabaseFunction] = [
    DatabaseFunction("cost_forecast", argumentCount: 6, pure: true, aggregate: CostForecastSum.self),
    DatabaseFunction("cost_forecast", argumentCount: 7, pure: true, aggregate: CostForecastSum.self),
  ]

  /// cost_forecast(day, cost, known_since, today, from_day, to_day, decimals): what the days from `from_day` on, before
  /// `to_day`, will have cost, {history_days, cost, low, high}; the amounts are texts, rounded to the decimals or to 6,
  /// and left out with too little history; so are the ends where no day of it cost anything.
  private struct CostForecastSum: DatabaseAggregate {
    private struct Question {
      var first: LocalDay
      var today: LocalDay
      var days: Range<LocalDay>
      var decimals: Int
    }

    private var costs: [LocalDay: Money] = [:]
    private var question: Question?

    mutating func step(_ values: [DatabaseValue]) throws {
      let given = FunctionArguments(function: "cost_forecast", values: values)
      guard let first = try given.day(2), let today = try given.day(3), let from = try given.day(4),
        let to = try given.day(5), from < to
      else { return }
      let decimals = values.count > 6 ? try given.integer(6) : nil
      question = Question(
        first: first, today: today, days: from..<to, decimals: decimals.map { Int(clamping: $0) } ?? 6)
      guard let day = try given.day(0), let cost = try given.decimal(1) else { return }
      costs[day] = try costs[day, default: .zero].adding(try Money(cost))
    }

    func finalize() throws -> (any DatabaseValueConvertible)? {
      guard let question else { return nil }
      let forecast = try CostForecast(
        costs.map { DailyCost(day: $0.key, cost: $0.value) }, knownSince: question.first, today: question.today,
        of: question.days, decimals: question.decimals)
      guard let estimate = forecast.estimate else { return "{\"history_days\":\(forecast.historyDays)}" }
      let ends = [("low", estimate.low), ("high", estimate.high)].map { name, end in
        end.map { ",\"\(name)\":\"\($0)\"" } ?? ""
      }
      return "{\"history_days\":\(forecast.historyDays),\"cost\":\"\(estimate.cost)\"\(ends.joined())}"
    }
  }
}
