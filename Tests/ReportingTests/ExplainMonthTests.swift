import Harvest
import Reporting
import Runs
import Store
import TestSupport
import Testing

/// What the cost of a month, and a runner, hang on.
@Suite struct ExplainMonthTests {
  private func explain(_ question: MonthQuestion, of ledger: Ledger) throws -> MonthExplanation {
    try Reporter(ledger: ledger, generator: "runtally 0.1.0").explain(question)
  }

  @Test("January of a runner: its lines, why time is assumed, and its runs")
  func january() async throws {
    let ledger = try await HandMadeLedger().ledger
    let january = try PeriodChoice.month(named: "2026-01")
    let month = try explain(MonthQuestion(period: january, runners: ["Backup"]), of: ledger)
    // 270 + 135 + 3600 s at the old price, 21600 s assumed to be at it, 7200 s at the new one.
    #expect(
      month.lines.map {
        "\($0.price.map { "\($0)" } ?? "–") \($0.isAssumed) \($0.billed) \($0.cost.map { "\($0)" } ?? "–")"
      }
      .sorted() == [
        "0.0000019 false 4005000 0.0076095", "0.0000019 true 21600000 0.04104", "0.0000038 false 7200000 0.02736",
      ])
    #expect(month.sums.map(\.cost) == [try Money("0.0760095")])
    #expect(month.state == .final)
    #expect(month.assumed.map(\.billed) == [21_600_000])
    #expect(month.assumed.map(\.runs) == [1])
    #expect(month.assumed.first?.reasons.count == 1)
    #expect(month.usingRuns == 4)
    #expect(month.largestRuns.map(\.run.runID) == ["s3", "s4", "s1", "s2"])
    // Of s4 only what falls into January.
    #expect(month.largestRuns.map(\.cost?.description) == ["0.06156", "0.01368", "0.000513", "0.0002565"])
    #expect(month.corrections.isEmpty)
  }

  @Test("a machine size narrows lines, runs and sums alike, and one that there is not is refused")
  func instanceTypes() async throws {
    let ledger = try await HandMadeLedger().ledger
    let january = try PeriodChoice.month(named: "2026-01")
    let gpu = try explain(MonthQuestion(period: january, instanceTypes: ["gpu"]), of: ledger)
    #expect(gpu.sums.map { "\($0.cost.map { "\($0)" } ?? "–") \($0.currency ?? "–")" } == ["0.0192 USD"])
    #expect(gpu.usingRuns == 3)
    let nameless = try explain(MonthQuestion(period: january, instanceTypes: [nil]), of: ledger)
    #expect(nameless.sums.map(\.cost) == [nil])
    #expect(nameless.sums.map(\.unpriced) == [690_000])
    #expect(nameless.largestRuns.map(\.run.runID) == ["i2", "i1", "i3"])
    #expect(
      throws: ReportError.unknownChoice(parameter: "instance-type", value: "huge", choices: ["gpu", "none", "small"])
    ) { try explain(MonthQuestion(period: january, instanceTypes: ["huge"]), of: ledger) }
  }

  @Test("lines add up to monthly-cost to the last digit, each as its time times its price", arguments: 0..<12)
  func sums(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 13_000 + seed, in: folder)
    let all = try ledger.make("monthly-cost", .everything)
    for text in Set(all.lines("month")) {
      let period = try PeriodChoice.month(named: text)
      let report = try ledger.make("monthly-cost", ReportRequest(period: period))
      let month = try explain(MonthQuestion(period: period), of: ledger)
      let told = report.summary.totals.first { $0.column == "cost" }?.amounts ?? []
      // A total is missing where rows without an amount are beside a 0 that is of no time.
      for (sum, amount) in zip(month.sums, told) where amount.value != .null {
        #expect(Value(sum.cost?.description) == amount.value)
        #expect(sum.currency == amount.currency)
      }
      #expect(month.sums.count == told.count)
      for line in month.lines where line.price != nil {
        #expect(line.cost == (try line.price.map { try Money(milliseconds: line.billed, at: $0) }))
      }
      // One source, one runner and one size at a time come to the same.
      var parts: [String?: Money] = [:]
      for runner in Set(month.lines.map(\.runner)) {
        for type in Set(month.lines.filter { $0.runner == runner }.map(\.instanceType)) {
          let part = try explain(
            MonthQuestion(period: period, sources: [runner.source], runners: [runner.id], instanceTypes: [type]),
            of: ledger)
          for sum in part.sums {
            let before: Money = parts[sum.currency] ?? .zero
            parts[sum.currency] = try before.adding(sum.cost ?? .zero)
          }
        }
      }
      for sum in month.sums {
        let (told, added): (Money, Money) = (sum.cost ?? .zero, parts[sum.currency] ?? .zero)
        #expect(added == told)
      }
      // The time of assumed slices is that of assumed lines.
      let assumed = month.lines.filter(\.isAssumed).map(\.billed).reduce(0, +)
      #expect(month.assumed.map(\.billed).reduce(0, +) == assumed)
      #expect(month.assumed.allSatisfy { !$0.reasons.isEmpty })
    }
  }

  @Test("a runner: its settings, its prices and its lists, oldest first")
  func runner() async throws {
    let ledger = try await HandMadeLedger().ledger
    let reporter = Reporter(ledger: ledger, generator: "runtally 0.1.0")
    let backup = try reporter.explain(runner: "Backup")
    #expect(backup.life.runner == RunnerReference(source: "production", name: "Backup", id: "backup-1"))
    #expect(backup.life.settings.map(\.instanceType) == ["small"])
    #expect(backup.life.settings.map(\.timeoutSeconds) == [36_000])
    #expect(backup.prices.map(\.price) == ["0.0000019", "0.0000038"])
    #expect(backup.prices.map(\.state) == ["in force", "in force"])
    #expect((backup.life.finishedRuns, backup.life.openRuns) == (4, 2))
    #expect(backup.life.lists.last?.isComplete == true)
    #expect(throws: ReportError.unknownRunner("Bakcup", near: ["Backup"])) { try reporter.explain(runner: "Bakcup") }
    #expect(
      throws: ReportError.severalRunners(
        "*",
        runners: ["gpu-1 (gpu-1), agents", "Backup (backup-1), production", "Search index (index-1), production"])
    ) { try reporter.explain(runner: "*") }
  }
}
