import Reporting
import Runs

/// Rules about runs and runners: how often they fail, how long they take, whether they ran at all.
extension PolicyCheck {
  func failureRate(_ rule: PolicyRule, _ limit: RateLimit, _ period: PolicyPeriod) throws -> PolicyFinding {
    // Every row of it is one interval of the same runs; their counts add up to those of the period.
    let table = try table("failure-trend", rule, period.choice, groupBy: "none")
    let (failed, rated) = (table.sum("failed"), table.sum("rated_runs"))
    let result = limit.judge(failed, of: rated)
    let told = "\(failed) of \(rated.counted("rated run")) failed in the last \(period.text)"
    let interval = WilsonInterval(failed, of: rated)
    let rate = rated > 0 ? Double(failed) / Double(rated) : nil
    var detail = told
    if result == .skipped {
      detail += ", and \(limit.minimumRuns) are needed to say anything"
    } else if let interval, let rate {
      detail +=
        " (\(FindingText.percent(rate)), 95 % interval \(FindingText.percent(interval.low)) to \(FindingText.percent(interval.high))), "
        + "\(FindingText.percent(limit.max)) allowed"
      if result == .warn { detail += "; above it, which may be chance" }
    }
    return finding(rule, result, value: Value(rate), limit: .real(limit.max), unit: "1", detail: detail)
  }

  func duration(
    _ rule: PolicyRule, _ percentile: Int, _ max: Duration, _ period: PolicyPeriod
  ) throws -> PolicyFinding {
    let table = try table("durations", rule, period.choice, groupBy: "none")
    guard let row = table.rows.first, let found = table.integer("duration_p\(percentile)_seconds", row),
      let runs = table.integer("runs", row)
    else {
      return finding(
        rule, .skipped, value: .null, limit: .real(FindingText.seconds(max.milliseconds)), unit: "s",
        detail: "no successful run in the last \(period.text)")
    }
    return finding(
      rule, found > max.milliseconds ? .violation : .pass, value: .real(FindingText.seconds(found)),
      limit: .real(FindingText.seconds(max.milliseconds)), unit: "s",
      detail: "\(percentile) % of \(runs.counted("successful run")) in the last \(period.text) took at most "
        + "\(SecondsText.rough(found)), \(SecondsText.rough(max.milliseconds)) allowed")
  }

  /// One case per runner that matches, with a name that stays.
  func silent(_ rule: PolicyRule, _ limit: Duration) throws -> [PolicyFinding] {
    let fleet = try table("fleet", rule)
    let telling = Set(try snapshot.sourcesWithRuns())
    let runners = try table("runners", rule)
    func key(_ table: ReportTable, _ row: [Value]) -> [ExactText?] {
      ["source", "runner_id"].map { table.text($0, row).map(ExactText.init) }
    }
    // A runner with two currencies has two rows there.
    let lastRuns = Dictionary(runners.rows.map { (key(runners, $0), runners.integer("last_run_at", $0)) }) { $1 ?? $0 }
    func name(_ row: [Value]) -> String {
      ["source", "runner"].compactMap { fleet.text($0, row) }.joined(separator: " / ")
    }
    let names = Dictionary(grouping: fleet.rows, by: name)
    // Of a source without runs nobody can ever hear of one.
    let running = fleet.rows.filter { row in fleet.text("source", row).map(telling.contains) ?? false }
    return running.map { row in
      let isAlone = names[name(row)]?.count == 1
      let part = isAlone ? name(row) : "\(name(row)) (\(fleet.text("runner_id", row) ?? ""))"
      let last = lastRuns[key(fleet, row)] ?? nil
      let age = last.map { max(0, asOf.milliseconds - $0) }
      let (result, detail): (CheckResult, String) =
        if let gone = fleet.integer("missing_since", row) {
          (.skipped, "no longer listed since \(Instant(milliseconds: gone).rfc3339)")
        } else if let age {
          (
            age > limit.milliseconds ? .violation : .pass,
            "last finished run \(SecondsText.rough(age)) before the ledger's now, "
              + "\(SecondsText.rough(limit.milliseconds)) allowed"
          )
        } else {
          (.skipped, "no finished run yet")
        }
      return finding(
        rule, part: part, result, value: Value(age.map(FindingText.seconds)),
        limit: .real(FindingText.seconds(limit.milliseconds)), unit: "s", detail: detail)
    }
  }
}
