import Testing

/// Labels of the configuration, as the binary groups cost by them.
@Suite struct LabelTests {
  @Test("monthly cost is grouped by a label of the configuration")
  func grouped() async throws {
    let place = try Workplace()
    try place.writeBodies(
      runners: [Bodies.runner(), Bodies.runner(id: "r2", name: "Search Index")],
      runs: [Bodies.runnerID: [Bodies.firstRun()], "r2": [Bodies.secondRun()]])
    try place.configure()
    #expect(try await place.importBodies().exitCode == 0)
    try place.configure(more: "labels: [{source: production, runner: \"Data*\", cost_center: \"4711\"}]")
    let report = try await place.run(
      "report", "monthly-cost", "--month", "2026-01", "--group-by", "label:cost_center", "--format", "csv")
    #expect(
      report.out == """
        month,state,source,runner,runner_id,instance_type,price_second,price_assumed,runs,runtime_seconds,\
        billed_seconds,cost,wasted_cost,unpriced_runs,open_runs,accrued_cost,currency,cost_center\r
        2026-01,final,,,,,,,1,135.000,135.000,0.0002565,0.0002565,0,0,0,EUR,\r
        2026-01,final,,,,,,,1,270.000,270.000,0.000513,0,0,0,0,EUR,4711\r

        """)
    let lines = try await place.run(
      "report", "monthly-cost", "--month", "2026-01", "--group-by", "label:cost_center", "--format", "jsonl")
    #expect(
      lines.out == """
        {"month":"2026-01","state":"final","runs":1,"runtime_seconds":135.000,"billed_seconds":135.000,\
        "cost":"0.0002565","wasted_cost":"0.0002565","unpriced_runs":0,"open_runs":0,"accrued_cost":"0",\
        "currency":"EUR","cost_center":null}
        {"month":"2026-01","state":"final","runs":1,"runtime_seconds":270.000,"billed_seconds":270.000,\
        "cost":"0.000513","wasted_cost":"0","unpriced_runs":0,"open_runs":0,"accrued_cost":"0",\
        "currency":"EUR","cost_center":"4711"}

        """)
    let unknown = try await place.run("report", "monthly-cost", "--group-by", "label:team")
    #expect(
      unknown
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: --group-by cannot be \"label:team\"; choose one of source, runner, instance-type, "
            + "label:cost_center\n"))
  }
}
