import Runs
import Testing

@testable import Policy
@testable import runtally

/// `runtally check` as the binary does it: exit codes, formats, annotations, and what is said of a wrong policy.
@Suite struct CheckCommandTests {
  /// One run of 270 s costs 0.000513, and one that failed 0.0002565; the ledger's now is in the same month.
  private func place(_ policy: String) async throws -> Workplace {
    let place = try Workplace()
    try place.configure(more: policy)
    try place.writeBodies()
    #expect(try await place.importBodies(asOf: "2026-01-31T06:00:00Z").exitCode == 0)
    return place
  }

  private let policy = """
    policy:
      budget: {amount: "0.0007694", warn_at: [0.5]}
      failure_rate: {max: 0.1}
      duration: {percentile: p50, max: 10m}
      unpriced: {}
      stale: false
    """

  @Test("a violation is exit code 2, and 0 with --warn-only")
  func exitCodes() async throws {
    let place = try await place(policy)
    let finished = try await place.run("check", "--format", "csv")
    #expect(
      finished
        == Finished(
          exitCode: 2,
          out: """
            rule,kind,subject,result,value,limit,unit,detail\r
            budget,budget,everything,violation,0.0007695,0.0007694,EUR,0.0007695 of 0.0007694 EUR in 2026-01 (100.0 %)\r
            failure-rate,failure-rate,everything,skipped,0.5,0.1,1,"1 of 2 rated runs failed in the last 30d, and 20 are \
            needed to say anything"\r
            duration p50,duration,everything,pass,270,600,s,"50 % of 1 successful run in the last 30d took at most \
            4 min 30 s, 10 min allowed"\r
            unpriced,unpriced,everything,pass,0,0,runs,"0 runs without a price in 2026-01, 0 allowed"\r

            """,
          err: """
            complete: 1 of 1 source, last read 2026-01-31 07:00 Europe/Berlin; 2 of 2 lists read completely; price \
            assumed for 2 runs, 405.000 s billed; 2026-01 is provisional
            1 violation, 0 warnings, 2 passed, 1 skipped

            """))
    #expect(
      try await place.run("check", "--format", "csv", "--warn-only")
        == Finished(exitCode: 0, out: finished.out, err: finished.err))
    try place.write("budget: {amount: \"0.0007695\", warn_at: [0.5]}\nstale: false\n", to: "policy.yaml")
    let kept = try await place.run("check", "--policy", "policy.yaml", "--format", "table")
    #expect(kept.exitCode == 0)
    #expect(
      kept.out == """
        Check

        rule     result   detail
        budget   warn     0.0007695 of 0.0007695 EUR in 2026-01 (100.0 %); 50 % of it reached


        """)
  }

  @Test(
    "JUnit has one case per rule: a violation fails, a warning passes with a text, the rest says why it was skipped")
  func junit() async throws {
    let place = try await place(policy.replacing("unpriced: {}", with: "unpriced: {max: 3}"))
    try place.write(
      """
      budget: [{name: kept, amount: 1}, {name: near, amount: "0.001", warn_at: [0.7]}, {name: over, amount: "0.0001"}]
      failure_rate: {max: 0.1}
      stale: false
      """, to: "policy.yaml")
    let finished = try await place.run("check", "--policy", "policy.yaml", "--format", "junit", "--quiet")
    #expect(
      finished
        == Finished(
          exitCode: 2,
          out: """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite id="0" name="budget" package="policy" hostname="runtally" timestamp="2026-01-31T06:00:00" \
            tests="3" failures="1" errors="0" skipped="0" time="0.000">
                <properties/>
                <testcase name="kept" classname="policy.budget" time="0.000"/>
                <testcase name="near" classname="policy.budget" time="0.000"/>
                <testcase name="over" classname="policy.budget" time="0.000">
                  <failure message="0.0007695 of 0.0001 EUR in 2026-01 (769.5 %)" type="Violation">0.0007695 of 0.0001 \
            EUR in 2026-01 (769.5 %)</failure>
                </testcase>
                <system-out>warning: near: 0.0007695 of 0.001 EUR in 2026-01 (77.0 %); 70 % of it reached</system-out>
                <system-err/>
              </testsuite>
              <testsuite id="1" name="failure-rate" package="policy" hostname="runtally" timestamp="2026-01-31T06:00:00" \
            tests="1" failures="0" errors="0" skipped="1" time="0.000">
                <properties/>
                <testcase name="failure-rate" classname="policy.failure-rate" time="0.000">
                  <skipped message="1 of 2 rated runs failed in the last 30d, and 20 are needed to say anything">1 of 2 rated runs failed in the last 30d, and 20 are needed to say anything</skipped>
                </testcase>
                <system-out/>
                <system-err/>
              </testsuite>
            </testsuites>

            """, err: ""))
    let schema = House.root.path(percentEncoded: false) + "/Tests/Fixtures/junit-portable.xsd"
    let valid = try await place.shell(
      "runtally check --policy policy.yaml --format junit --output check.xml --quiet; "
        + "xmllint --noout --schema \(schema) check.xml")
    if Tool.xmllint.isThere { #expect(valid == Finished(exitCode: 0, out: "", err: "check.xml validates\n")) }
  }

  @Test("with --quiet nothing is printed while all is well, unless the rows are asked for")
  func quiet() async throws {
    let place = try await place("")
    try place.write("budget: {amount: 1}\nfailure_rate: {max: 0.1}\nstale: false\n", to: "well.yaml")
    let nothing = Finished(exitCode: 0, out: "", err: "")
    #expect(try await place.run("check", "--policy", "well.yaml", "--quiet") == nothing)
    #expect(try await place.run("check", "--policy", "well.yaml", "--quiet", "--format", "csv").out.hasPrefix("rule,"))
    try place.write("budget: {amount: 1, warn_at: [0.0001]}\nstale: false\n", to: "near.yaml")
    let near = try await place.run("check", "--policy", "near.yaml", "--quiet")
    #expect(near.exitCode == 0 && near.out.contains("warn"))
  }

  @Test("a warning is a skipped test case where that is asked for")
  func warningsAsSkipped() async throws {
    let place = try await place("policy: {budget: {amount: \"0.001\", warn_at: [0.7]}, stale: false}\n")
    let finished = try await place.run("check", "--format", "junit", "--warnings-as-skipped", "--quiet")
    #expect(
      finished
        == Finished(
          exitCode: 0,
          out: """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite id="0" name="budget" package="policy" hostname="runtally" timestamp="2026-01-31T06:00:00" \
            tests="1" failures="0" errors="0" skipped="1" time="0.000">
                <properties/>
                <testcase name="budget" classname="policy.budget" time="0.000">
                  <skipped message="warning: 0.0007695 of 0.001 EUR in 2026-01 (77.0 %); 70 % of it reached">warning: \
            0.0007695 of 0.001 EUR in 2026-01 (77.0 %); 70 % of it reached</skipped>
                </testcase>
                <system-out/>
                <system-err/>
              </testsuite>
            </testsuites>

            """, err: ""))
    #expect(try await place.run("check", "--warnings-as-skipped").exitCode == 64)
  }

  @Test("gauges tell what became of each rule, its figures in families of one unit, and what the month costs")
  func gauges() async throws {
    let place = try await place(policy)
    let finished = try await place.run("check", "--format", "openmetrics", "--quiet")
    #expect(finished.exitCode == 2)
    let lines = finished.out.split(separator: "\n").map(String.init)
    #expect(lines.last == "# EOF")
    #expect(
      lines.filter { $0.contains("{rule=\"budget\"") } == [
        #"runtally_budget_limit_eur{rule="budget",kind="budget",subject="everything"} 0.0007694"#,
        #"runtally_budget_value_eur{rule="budget",kind="budget",subject="everything"} 0.0007695"#,
        #"runtally_check_result{rule="budget",kind="budget",subject="everything",result="pass"} 0"#,
        #"runtally_check_result{rule="budget",kind="budget",subject="everything",result="warn"} 0"#,
        #"runtally_check_result{rule="budget",kind="budget",subject="everything",result="violation"} 1"#,
        #"runtally_check_result{rule="budget",kind="budget",subject="everything",result="skipped"} 0"#,
      ])
    for line in [
      // 31 January, 06:00 UTC; the month is Berlin's.
      "runtally_as_of_timestamp_seconds 1769839200.000", "runtally_month_start_timestamp_seconds 1767222000.000",
      "runtally_month_end_timestamp_seconds 1769900400.000", "# UNIT runtally_check_value_ratio ratio",
      #"runtally_check_limit_seconds{rule="duration p50",kind="duration",subject="everything"} 600"#,
      #"runtally_check_value_runs{rule="unpriced",kind="unpriced",subject="everything"} 0"#,
      #"runtally_month_cost_eur{source="production"} 0.0007695"#,
      #"runtally_month_accrued_cost_eur{source="production"} 0"#,
    ] { #expect(lines.contains(line), "\(line)") }
    // No two samples of one name and labels, and each family once.
    #expect(Set(lines).count == lines.count)
    let series = lines.filter { !$0.hasPrefix("#") }.compactMap {
      $0.split(separator: " ").dropLast().joined(separator: " ")
    }
    #expect(Set(series).count == series.count)
  }

  @Test("annotations go to standard output where it is free, else to standard error, and with --github to both")
  func annotations() async throws {
    let place = try await place(policy.replacing("budget: {", with: "budget: {name: \"a: b, 50%\", "))
    let line = "::error title=a%3A b%2C 50%25::0.0007695 of 0.0007694 EUR in 2026-01 (100.0 %25)\n"
    let github = ["GITHUB_ACTIONS": "true"]
    let file = try await place.run("check", "--output", "check.csv", "--quiet", environment: github)
    #expect(file == Finished(exitCode: 2, out: line, err: ""))
    let summary = ["GITHUB_STEP_SUMMARY": "summary.md"]
    #expect(try await place.run("check", "--github", "--quiet", environment: summary) == file)
    #expect(try place.read("summary.md").contains("| a: b, 50% | violation | 0.0007695 of 0.0007694 EUR"))
    let mixed = try await place.run("check", "--format", "jsonl", "--quiet", environment: github)
    #expect(mixed.err == line)
    #expect(mixed.out.hasPrefix("{\"rule\":\"a: b, 50%\","))
    let plain = try await place.run("check", "--output", "check.csv", environment: ["GITHUB_ACTIONS": "false"])
    #expect(plain.out == "")
    #expect(plain.err.hasPrefix("runtally: error: a: b, 50%: 0.0007695 of 0.0007694 EUR in 2026-01 (100.0 %)\n"))
  }

  @Test("a rule for a label that stands nowhere is told with file and line")
  func unknownLabel() async throws {
    let place = try await place("")
    try place.write("silent: {}\n\nbudget:\n  - {amount: 1, label: team=a}\n", to: "policy.yaml")
    #expect(
      try await place.run("check", "--policy", "policy.yaml")
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: policy.yaml:4: the rule \"budget team=a\" is for the label team, which stands nowhere under "
            + "`labels:`; there is none\n"))
  }

  @Test("no name and no text from the other side begins a command of its own")
  func escaping() throws {
    let finding = PolicyFinding(
      rule: "a\r\n::set-env,b:c%", kind: "silent", subject: "", result: .warn, value: .null, limit: .null, unit: "",
      detail: "one\ntwo: 5 %,\r\nthree")
    #expect(
      WorkflowCommand(finding)?.line
        == "::warning title=a%0D%0A%3A%3Aset-env%2Cb%3Ac%25::one%0Atwo: 5 %25,%0D%0Athree")
    for result in [CheckResult.pass, .skipped] {
      var other = finding
      other.result = result
      #expect(WorkflowCommand(other) == nil)
    }
  }

  private static let beginning = """
    for example (without the first line in a file of its own):
    policy:
      budget: {amount: "100", currency: EUR, warn_at: [0.8]}
      failure_rate: {max: 0.1}
      duration: {percentile: p95, max: 30m}
      silent: {runner: "backup-*", after: 26h}

    """

  @Test("without a policy, one to begin with is shown, and it works")
  func noPolicy() async throws {
    let place = try await place("")
    #expect(
      try await place.run("check")
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: runtally.yaml has no policy; add one to it, or name a file of its own with --policy, "
            + CheckCommandTests.beginning))
    #expect(
      try await place.run("check", "--policy", "p.yaml")
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: there is no policy at p.yaml; write one, " + CheckCommandTests.beginning
        ))
    for empty in ["", "# nothing yet\n"] {
      try place.write(empty, to: "p.yaml")
      #expect(
        try await place.run("check", "--policy", "p.yaml").err.hasPrefix("runtally: the policy p.yaml is empty; "))
    }
    let lines = CheckCommandTests.beginning.split(separator: "\n").dropFirst()
    try place.configure(more: lines.joined(separator: "\n"))
    #expect([0, 2].contains(try await place.run("check").exitCode))
    try place.write(lines.dropFirst().joined(separator: "\n"), to: "p.yaml")
    #expect([0, 2].contains(try await place.run("check", "--policy", "p.yaml").exitCode))
  }

  @Test("a ledger that was never filled says so")
  func emptyLedger() async throws {
    let place = try Workplace()
    try place.configure(more: policy)
    _ = try await place.run("init")
    #expect(
      try await place.run("check")
        == Finished(
          exitCode: 1, out: "", err: "runtally: the ledger ledger.sqlite is empty; run `runtally harvest` first\n"))
  }

  @Test(
    "a mistake in a policy is wrong usage, told with file and line",
    arguments: [
      (
        "budgets: {}",
        "2: unknown key budgets (did you mean budget?); expected budget, failure_rate, duration, silent, open, coverage, unpriced, stale"
      ),
      ("budget: {currency: EUR}", "2: budget: expected an amount, such as \"100\", found none"),
      ("budget: {amount: 1}", "2: budget: expected a currency, such as currency: EUR, found none"),
      (
        "budget: [{amount: 1,\n  currency: Euro}]",
        "3: budget[1].currency: expected an ISO 4217 code such as EUR, found \"Euro\""
      ),
      (
        "budget: {currency: EUR, amount: \"1,5\"}",
        "2: budget.amount: expected a decimal above 0, such as \"100\", found \"1,5\""
      ),
      (
        "budget: {currency: EUR, amount: 0}",
        "2: budget.amount: expected a decimal above 0, such as \"100\", found \"0\""
      ),
      (
        "budget: {currency: EUR, amount: 1, warn_at: [80]}",
        "2: budget.warn_at[1]: expected a share from 0 to 1, such as 0.8, found \"80\""
      ),
      (
        "budget: {currency: EUR, amount: 1, runner: a, on: forecast}",
        "2: budget.on: expected cost: only whole sources have a forecast, and this budget is for one runner, "
          + "found \"forecast\""
      ),
      (
        "budget: {currency: EUR, amount: 1, runner: a, label: b=c}",
        "2: budget: expected at most one of runner, instance_type and label, found runner and label"
      ),
      (
        "budget: {currency: EUR, amount: 1, label: b}",
        "2: budget.label: expected a label and its value, such as cost_center=4711, found \"b\""
      ),
      ("failure_rate: {}", "2: failure_rate: expected a max, such as max: 0.1, found none"),
      ("failure_rate: {max: 10}", "2: failure_rate.max: expected a rate from 0 to 1, such as 0.1, found \"10\""),
      (
        "failure_rate: {max: 0.1, last: 30}",
        "2: failure_rate.last: expected a number with d, w or m, such as 30d, found \"30\""
      ),
      (
        "failure_rate: {max: 0.1, minimum_runs: 0}",
        "2: failure_rate.minimum_runs: expected a whole number from 1 to 1000000000, found \"0\""
      ),
      ("duration: {max: 30}", "2: duration.max: expected a time such as 500ms, 30s, 5m or 1h, found \"30\""),
      (
        "duration: {max: 1h, percentile: 95}",
        "2: duration.percentile: expected one of p50, p90, p95, p99, found \"95\""
      ),
      ("silent: 24h", "2: silent: expected keys with values (name, source, runner, after), found \"24h\""),
      ("stale: 36h", "2: stale: expected {after: 36h}, or false, found \"36h\""),
      (
        "silent: [{runner: a}, {runner: a, after: 2h}]",
        "2: silent[2]: expected a name of its own, found \"silent a\", which another rule has; add a `name:`"
      ),
    ])
  func mistakes(policy: String, expected: String) async throws {
    let place = try Workplace()
    try place.write("# a policy\n\(policy)\n", to: "p.yaml")
    let finished = try await place.run("check", "--policy", "p.yaml")
    #expect(finished.exitCode == 64)
    #expect(finished.err == "runtally: p.yaml:\(expected)\n")
  }
}
