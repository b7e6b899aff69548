import Reporting
import Runs
import Store
import TestSupport
import Testing

/// What must be equal on any ledger, for any period, filter and zone: reports tell one story.
@Suite struct EquationTests {
  /// A sum of money and time.
  private struct Sum: Equatable {
    var billed: Int64 = 0
    var cost = Money.zero

    static let zero = Sum()
  }

  private func integer(_ value: Value) -> Int64 {
    if case .integer(let integer) = value { integer } else { 0 }
  }

  private func money(_ value: Value) throws -> Money {
    if case .text(let text) = value { try Money(text) } else { .zero }
  }

  /// Billed time and cost by the named columns; what is nothing is left out.
  private func sums(_ report: Made, by names: [String]) throws -> [[Value]: Sum] {
    let keys = names.map(report.column)
    let billed = report.column("billed_seconds")
    let costs = report.column("cost")
    var sums: [[Value]: Sum] = [:]
    for row in report.rows.indices {
      let key = keys.map { $0[row] }
      sums[key, default: .zero].billed += integer(billed[row])
      sums[key, default: .zero].cost = try sums[key, default: .zero].cost.adding(money(costs[row]))
    }
    return sums.filter { $0.value != .zero }
  }

  /// The totals of a column that are more than nothing, in however many rows; what is missing is not nothing.
  private func totals(_ report: Made, _ column: String) -> [ReportTotal.Amount] {
    let total = report.summary.totals.first { $0.column == column }
    return total?.amounts.filter { $0.value != .text("0") }.map { .init(currency: $0.currency, value: $0.value) } ?? []
  }

  private func described(_ request: ReportRequest) -> Comment {
    "\(request.period as Any) \(request.runners) \(request.sources) \(request.zone?.name ?? "")"
  }

  private func total(_ report: Made, _ column: String) -> Int64 {
    report.column(column).reduce(0) { $0 + integer($1) }
  }

  /// Every period and filter worth asking of a random ledger.
  private func requests(_ ledger: Ledger, _ random: inout SeededGenerator) throws -> [ReportRequest] {
    let all = try ledger.make("runs", .everything)
    let first = try #require(all.head.period).from
    let length = Int(all.head.period.map { $0.to.number - $0.from.number } ?? 1)
    var requests: [ReportRequest] = [.everything, ReportRequest(), ReportRequest(period: .thisMonth)]
    for _ in 0..<4 {
      let from = first.advanced(byDays: Int64(random.number(0...length)))
      requests.append(
        ReportRequest(period: .days(from: from, to: from.advanced(byDays: Int64(random.number(1...length))))))
    }
    for runner in try ledger.make("runners", .everything).lines("runner_id") {
      requests.append(ReportRequest(period: .all, runners: [runner]))
    }
    for source in try ledger.read({ try $0.sourceNames() }) {
      requests.append(ReportRequest(period: .all, sources: [source]))
      requests.append(ReportRequest(period: .lastMonth, sources: [source]))
    }
    let zone = try TimeZoneDatabase.rules(named: random.pick(["Asia/Tokyo", "America/Sao_Paulo", "UTC"]))
    return requests
      + requests.prefix(4).map { request in
        var request = request
        request.zone = zone
        return request
      }
  }

  @Test("charges add up exactly to monthly-cost, line by line", arguments: 0..<15)
  func charges(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 5000 + seed, in: folder)
    var random = SeededGenerator(seed: seed)
    let keys = [
      "month", "source", "runner", "runner_id", "instance_type", "price_second", "price_assumed", "currency",
    ]
    for request in try requests(ledger, &random) {
      let charges = try ledger.make("charges", request)
      let months = try ledger.make("monthly-cost", request)
      #expect(charges.head.period == months.head.period)
      for count in 0...keys.count {
        let names = Array(keys.prefix(count))
        #expect(try sums(charges, by: names) == sums(months, by: names), described(request))
      }
      #expect(charges.totals.filter { $0.hasPrefix("billed") } == months.totals.filter { $0.hasPrefix("billed") })
      #expect(totals(charges, "cost") == totals(months, "cost"), described(request))
      // A FinOps platform is told the same costs of what is priced, month by month.
      let focus = try ledger.make("charges", request, format: "focus")
      #expect(totalCosts(focus, "BilledCost", by: focusKeys) == totalCosts(charges, "cost", by: chargeKeys))
      // A cost is null where nothing of it is priced, and only there.
      for (cost, (price, billed)) in zip(
        months.column("cost"), zip(months.column("price_second"), months.column("billed_seconds")))
      {
        #expect((cost == .null) == (price == .null && billed != .integer(0)))
      }
    }
  }

  private let focusKeys = ["x_Source", "ResourceId", "x_RunId", "ListUnitPrice", "BillingCurrency"]
  private let chargeKeys = ["source", "runner_id", "run_id", "price_second", "currency"]

  /// The exact sum of what has a cost, for each combination of keys.
  private func totalCosts(_ report: Made, _ column: String, by keys: [String]) -> [String: Money] {
    var sums: [String: Money] = [:]
    for (key, cost) in zip(report.lines(keys), report.column(column)) {
      guard case .text(let text) = cost, let amount = try? Money(text) else { continue }
      sums[key] = try? (sums[key] ?? .zero).adding(amount)
    }
    return sums
  }

  @Test("months, intervals, runners and runs count the same runs, and cost the same", arguments: 0..<10)
  func counts(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 6000 + seed, in: folder)
    var random = SeededGenerator(seed: seed)
    let columns = [
      ("successes", "success"), ("failures", "failure"), ("errors", "error"), ("timeouts", "timeout"),
      ("cancellations", "cancellation"), ("skips", "skip"), ("unknown", "unknown"),
    ]
    for var request in try requests(ledger, &random) {
      request.period = request.period ?? .lastMonth
      let runs = try ledger.make("runs", request)
      let months = try ledger.make("monthly-cost", request)
      #expect(total(months, "runs") == Int64(runs.rows.count), described(request))
      #expect(total(months, "runtime_seconds") == total(runs, "runtime_seconds"), described(request))

      let outcomes = runs.lines("outcome")
      var asked = request
      asked.interval = random.pick(ReportInterval.allCases).rawValue
      asked.groupBy = [random.pick(["none", "source", "runner", "instance-type"])]
      let trend = try ledger.make("failure-trend", asked)
      for (column, word) in columns {
        #expect(total(trend, column) == Int64(outcomes.count { $0 == word }), described(asked))
      }

      let runners = try ledger.make("runners", request)
      #expect(total(runners, "runs") == Int64(runs.rows.count), described(request))
      #expect(Set(runners.lines("source", "runner_id")).count == runners.rows.count)
      #expect(totals(runners, "cost") == totals(months, "cost"), described(request))

      let waste = try ledger.make("waste", request)
      #expect(total(waste, "runs") == Int64(runs.rows.count), described(request))
      #expect(total(waste, "successes") == Int64(outcomes.count { $0 == "success" }), described(request))
      for column in ["cost", "wasted_cost"] {
        #expect(totals(waste, column) == totals(months, column), described(request))
      }
    }
  }

  @Test(
    "a forecast knows what the month cost so far, and lies between its ends and never below that", arguments: 0..<10)
  func forecasts(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 6500 + seed, in: folder)
    var random = SeededGenerator(seed: seed)
    let known = try #require(try ledger.make("runs", .everything).head.period)
    for var request in try requests(ledger, &random) {
      request.period = .month(Month(number: random.number(known.from.month.number...known.to.month.number)))
      let forecast = try ledger.make("forecast", request)
      #expect(
        totals(forecast, "cost_so_far") == totals(try ledger.make("monthly-cost", request), "cost"),
        described(request))
      #expect(Set(forecast.lines("month", "source", "currency")).count == forecast.rows.count)
      for row in forecast.rows.indices {
        let amounts = ["cost_so_far", "forecast_low", "forecast_cost", "forecast_high"].map {
          forecast.column($0)[row]
        }
        guard forecast.column("days_left")[row] != .integer(0) else {
          #expect(Set(amounts).count == 1, "a month that is over costs what it cost")
          continue
        }
        // Both ends are there or none is, and none without an estimate; what is missing has its reason.
        #expect((amounts[1] == .null) == (amounts[3] == .null), described(request))
        #expect(amounts[1] == .null || amounts[2] != .null, described(request))
        #expect((amounts[1] == .null) == (forecast.column("because")[row] != .null), described(request))
        guard amounts[1] != .null else { continue }
        let rounded = try amounts.map { try money($0).rounded(decimals: 6) }
        #expect(rounded == rounded.sorted(), described(request))
      }
    }
  }

  @Test("durations are the percentiles of the runtimes that runs lists", arguments: 0..<10)
  func durations(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 7000 + seed, in: folder)
    let runs = try ledger.make("runs", .everything)
    for outcomes in [["success"], ["failure"], ["failure", "success"], ["any"], ["error", "any"]] {
      let report = try ledger.make("durations", ReportRequest(period: .all, outcomes: outcomes))
      var expected: [String: [Int64]] = [:]
      for (row, key) in runs.lines("source", "runner", "runner_id").enumerated() {
        guard case .integer(let runtime) = runs.column("runtime_seconds")[row],
          outcomes.contains("any") || outcomes.contains(runs.lines("outcome")[row])
        else { continue }
        expected[key, default: []].append(runtime)
      }
      #expect(report.lines("source", "runner", "runner_id") == expected.keys.sorted())
      for (row, key) in report.lines("source", "runner", "runner_id").enumerated() {
        let sorted = try #require(expected[key]).sorted()
        let sum = sorted.reduce(0, +)
        let mean = Int64((Double(sum) / Double(sorted.count)).rounded())
        let values = ["runs", "duration_min_seconds", "duration_max_seconds", "duration_mean_seconds"].map {
          report.column($0)[row]
        }
        #expect(
          values == [
            .integer(Int64(sorted.count)), .integer(sorted[0]), .integer(sorted[sorted.count - 1]), .integer(mean),
          ])
        for percent in [50, 90, 95, 99] {
          let rank = sorted.indices.first { ($0 + 1) * 100 >= percent * sorted.count } ?? 0
          #expect(report.column("duration_p\(percent)_seconds")[row] == .integer(sorted[rank]))
        }
      }
    }
  }

  @Test("open runs count once in each row, and cost what their slices cost up to the last list", arguments: 0..<10)
  func openRuns(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 8000 + seed, in: folder)
    let report = try ledger.make("monthly-cost", .everything)
    // The summary is one row for each currency, and no run here is paid in two: it counts each run once.
    let summary = try ledger.make("summary", .everything)
    // Runs that start in the future of their ledger are open and count in days that are not there yet.
    let to = try #require(report.head.period).to
    let counted = try ledger.lines(
      "SELECT count(*) FROM run WHERE ended_at IS NULL AND (started_at IS NULL OR local_day(started_at) < :to)",
      ["to": .integer(to.number)])
    let counts = summary.column("open_runs").reduce(Int64(0)) {
      if case .integer(let count) = $1 { $0 + count } else { $0 }
    }
    #expect("\(counts)" == counted[0])
    // Where something accrued, a run is open.
    for (count, amount) in zip(report.column("open_runs"), report.column("accrued_cost")) where count == .integer(0) {
      #expect(amount == .text("0"))
    }
    let list = try ledger.make("open-runs")
    #expect(list.rows.count == Int(try ledger.lines("SELECT count(*) FROM run WHERE ended_at IS NULL")[0]))
    let accrued = try ledger.lines(
      """
      SELECT coalesce(money_sum(run_cost(runner_id, started_at, until)), '0')
      FROM (
        SELECT runner_id, started_at, accrued_until AS until FROM open_run
      ) WHERE started_at < until
      """)
    let sum = try report.column("accrued_cost").reduce(Money.zero) { try $0.adding(money($1)) }
    #expect("\(sum)" == accrued[0])
  }

  @Test("the same ledger gives the same rows twice, also after it was closed and opened", arguments: 0..<6)
  func determinism(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 9000 + seed, in: folder)
    let definitions = try ReportCatalog.builtIn()
    let first = try definitions.map { try ledger.make($0, $0.everything) }
    let second = try definitions.map { try ledger.make($0, $0.everything) }
    ledger.close()
    let reader = try Ledger(at: ledger.path, for: .reading)
    let third = try definitions.map { try reader.make($0, $0.everything) }
    for (index, report) in first.enumerated() {
      for other in [second[index], third[index]] {
        #expect(other.rows == report.rows)
        #expect(other.head == report.head)
        #expect(other.summary == report.summary)
      }
    }
  }
}
