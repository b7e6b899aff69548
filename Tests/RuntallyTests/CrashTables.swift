import Foundation
import Runs
import Store
import Testing

/// What a ledger says, apart from how it came to know it: each domain table as lines of natural keys and values.
///
/// Two ledgers that were told the same have the same lines, whatever visits were killed in between: numbers that the
/// ledger made up are replaced by what they stand for, and the instants of visits are left out.
struct CrashTables: Equatable {
  var lines: [String: [String]]

  init(of ledger: Ledger) throws {
    lines = try ledger.read { snapshot in
      try CrashTables.statements.mapValues { sql in
        var lines: [String] = []
        try snapshot.rows(of: sql, named: "natural keys") { values in
          lines.append(values.map(CrashTables.text).joined(separator: " | "))
        }
        return lines.sorted()
      }
    }
  }

  subscript(table: String) -> [String] { lines[table] ?? [] }

  /// The first lines that only one side has, so that a test that fails shows the row and not two ledgers.
  func differences(from other: CrashTables, limit: Int = 10) -> [String] {
    var found: [String] = []
    for table in Set(lines.keys).union(other.lines.keys).sorted() {
      var rest: [String: Int] = [:]
      for line in self[table] { rest[line, default: 0] += 1 }
      for line in other[table] { rest[line, default: 0] -= 1 }
      for (line, count) in rest.sorted(by: { $0.key < $1.key }) where count != 0 {
        found.append("\(table): \(count > 0 ? "too many" : "missing"): \(line)")
      }
    }
    return Array(found.prefix(limit))
  }

  static func text(_ value: Value) -> String {
    switch value {
    case .null: "–"
    case .integer(let integer): "\(integer)"
    case .real(let real): "\(real)"
    case .text(let text): text
    }
  }

  /// A runner or an instance type is named by its source and the vendor's id.
  private static let runner = "source.name, runner.external_id"
  private static let fromRunner = "JOIN runner USING (runner_id) JOIN source USING (source_id)"

  private static let statements = [
    "ledger": "SELECT time_zone FROM ledger",
    "zone_transition": "SELECT at, offset_seconds FROM zone_transition",
    "outcome": "SELECT outcome, word, is_rated, is_failed, is_wasted FROM outcome",
    "source": "SELECT name, vendor, currency, billing_rule FROM source",
    "region": """
    SELECT source.name, external_id, slug, region.name FROM region JOIN source USING (source_id)
    """,
    "instance_type": """
    SELECT source.name, external_id, slug, instance_type.name, cpu, memory, price_month
    FROM instance_type LEFT JOIN source USING (source_id)
    """,
    "runner": """
    SELECT \(runner), created_at, last_seen_at, missing_since IS NOT NULL FROM runner JOIN source USING (source_id)
    """,
    // Counts of lists, and what was missing since when, are of visits.
    "former_state": """
    SELECT DISTINCT subject, json_remove(state, '$.unpriced_since') FROM former_state
    WHERE subject IN ('ledger', 'source', 'region', 'instance_type')
    """,
    "runner_absence": "SELECT \(runner) FROM runner_absence \(fromRunner)",
    "runner_version": """
    SELECT \(runner), runner_version.name, kind, labels, image, timeout_seconds, instance_type.external_id,
      region.external_id
    FROM runner_version \(fromRunner) JOIN instance_type USING (instance_type_id) LEFT JOIN region USING (region_id)
    """,
    "runner_sample": """
    SELECT \(runner), status, online, active, capacity, version FROM runner_sample \(fromRunner)
    """,
    "configured_price": """
    SELECT source.name, subject, pattern, price_second, configured_price.currency, starts, origin, file, position,
      withdrawn_by IS NOT NULL
    FROM configured_price JOIN source USING (source_id)
    """,
    "price": """
    SELECT instance_type.external_id, runner.external_id, price_second, price.currency, origin,
      applied_by IS NOT NULL, superseded_by IS NOT NULL
    FROM price LEFT JOIN instance_type USING (instance_type_id) LEFT JOIN runner USING (runner_id)
    """,
    "run": """
    SELECT \(runner), run.external_id, status, outcome, outcome_inferred, exit_code, run.created_at, started_at,
      completed_at, updated_at, ended_at, run.missing_since IS NOT NULL
    FROM run \(fromRunner)
    """,
    "run_version": """
    SELECT \(runner), run.external_id, run_version.status, run_version.outcome, run_version.outcome_inferred,
      run_version.exit_code, run_version.created_at, run_version.started_at, run_version.completed_at,
      run_version.updated_at, run_version.ended_at
    FROM run_version \(fromRunner) JOIN run USING (run_id)
    """,
    "run_day": """
    SELECT day, \(runner), instance_type.external_id, price_second, assumed, outcome, runs, timed_runs, runtime,
      queued_runs, queue, billed
    FROM run_day \(fromRunner)
    JOIN instance_type ON instance_type.instance_type_id = run_day.instance_type_id
    JOIN price ON price.price_id = run_day.price_id
    """,
    "run_month": """
    SELECT month, \(runner), instance_type.external_id, price_second, assumed, outcome, runs, timed_runs, runtime,
      queued_runs, queue, billed
    FROM run_month \(fromRunner)
    JOIN instance_type ON instance_type.instance_type_id = run_month.instance_type_id
    JOIN price ON price.price_id = run_month.price_id
    """,
    "source_day": """
    SELECT day, source.name, instance_type.external_id, price_second, assumed, outcome, runs, timed_runs, runtime,
      queued_runs, queue, billed
    FROM source_day JOIN source USING (source_id)
    JOIN instance_type ON instance_type.instance_type_id = source_day.instance_type_id
    JOIN price ON price.price_id = source_day.price_id
    """,
    "source_month": """
    SELECT month, source.name, instance_type.external_id, price_second, assumed, outcome, runs, timed_runs, runtime,
      queued_runs, queue, billed
    FROM source_month JOIN source USING (source_id)
    JOIN instance_type ON instance_type.instance_type_id = source_month.instance_type_id
    JOIN price ON price.price_id = source_month.price_id
    """,
    "closing": "SELECT month, time_zone, forced_because, cost, reopened_because FROM closing",
    "settlement": """
    SELECT \(runner), run.external_id, ruling, settlement.ended_at, said_by, because
    FROM settlement JOIN run USING (run_id) \(fromRunner)
    """,
    "action": """
    SELECT source.name, kind, subject, asked, vendor_at IS NOT NULL, outcome, status, result_id, note,
      seen_at IS NOT NULL
    FROM action JOIN source USING (source_id)
    """,
    "closing_line": """
    SELECT closing.month, closing_line.month, source, runner, runner_external_id, instance_type, price_second, currency, assumed,
      outcome, runs, timed_runs, runtime, billed
    FROM closing_line JOIN closing USING (closing_id)
    """,
    "run_month_times": """
    SELECT month, \(runner), instance_type.external_id, outcome, hex(runtimes), hex(queues)
    FROM run_month_times \(fromRunner)
    JOIN instance_type ON instance_type.instance_type_id = run_month_times.instance_type_id
    """,
    "run_day_times": """
    SELECT day, \(runner), instance_type.external_id, outcome, hex(runtimes), hex(queues)
    FROM run_day_times \(fromRunner)
    JOIN instance_type ON instance_type.instance_type_id = run_day_times.instance_type_id
    """,
  ]
}

extension Workplace {
  /// The ledger's natural tables, read as a report would.
  func crashTables(_ name: String = "ledger.sqlite") throws -> CrashTables {
    let ledger = try Ledger(at: url(name).path(percentEncoded: false), for: .reading)
    defer { ledger.close() }
    return try CrashTables(of: ledger)
  }
}

@Suite struct CrashTablesTests {
  @Test("every domain table is compared, so that none is lost unnoticed")
  func everyTable() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let names = try await place.tables().keys
    #expect(Set(try place.crashTables("runtally.sqlite").lines.keys) == Set(names))
  }

  @Test("what one ledger has and the other has not is told by its row")
  func differences() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let both = try place.crashTables("runtally.sqlite")
    var one = both
    one.lines["run"]?.removeFirst()
    #expect(both.differences(from: both) == [])
    #expect(both.differences(from: one).count == 1)
    #expect(both.differences(from: one).first?.hasPrefix("run: too many: production | ") == true)
    #expect(one.differences(from: both).first?.hasPrefix("run: missing: production | ") == true)
  }
}
