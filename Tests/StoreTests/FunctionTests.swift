import Runs
import Store
import TestSupport
import Testing

/// The functions that report statements may call, one line each.
@Suite struct FunctionTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder, zone: try TimeZoneDatabase.rules(named: "Europe/Berlin"))
  }

  @Test(
    "a function gives one value",
    arguments: [
      ("cost(270000, '0.0000019')", .text("0.000513")), ("cost(135000, '1.9e-06')", .text("0.0002565")),
      ("cost(0, '5')", .text("0")), ("cost(1, '0.000000000000000001')", .text("0.000000000000000000001")),
      ("cost(-1000, '0.5')", .text("-0.5")), ("cost(NULL, '5')", .null), ("cost(5, NULL)", .null),
      ("cost(1000, 2)", .text("2")),
      ("seconds(1500)", .text("1.5")), ("seconds(-1)", .text("-0.001")), ("seconds(60000)", .text("60")),
      ("seconds(NULL)", .null),
      ("money_per('1', 3)", .text("0.333333333333333333")), ("money_per('1', 0)", .null), ("money_per(NULL, 2)", .null),
      ("money_per('1', NULL)", .null), ("money_share('0.0072', '0.0192')", .real(0.375)),
      ("money_less('0.1', '0.000000000000000000001')", .text("0.099999999999999999999")),
      ("money_less('1', '2.5')", .text("-1.5")), ("money_less(NULL, '1')", .null), ("money_less('1', NULL)", .null),
      ("money_share('1', '0')", .null), ("money_share(NULL, '1')", .null), ("money_share('1', NULL)", .null),
      ("newcombe_low(1, 0, 1, 5)", .null), ("newcombe_high(NULL, 1, 1, 5)", .null),
      // Newcombe's own example (h): 0 of 10 after 10 of 10 is −1 to −0.6075 there.
      ("newcombe_low(10, 10, 0, 10)", .real(-1)), ("round(newcombe_high(10, 10, 0, 10), 4)", .real(-0.6075)),
      ("wilson_low(0, 1)", .real(0)), ("wilson_high(1, 1)", .real(1)), ("wilson_low(1, 0)", .null),
      ("wilson_low(NULL, 5)", .null), ("wilson_high(1, NULL)", .null),
      ("round(wilson_low(9, 412), 6)", .real(0.011534)), ("round(wilson_high(9, 412), 6)", .real(0.040989)),
      ("round(fisher(9, 412, 31, 398), 6)", .real(0.000262)), ("fisher(0, 5, 0, 7)", .real(1)),
      ("fisher(1, 0, 1, 5)", .null), ("fisher(1, 5, NULL, 5)", .null),
      // 2026-03-28T23:30Z is 00:30 on the 29th in Berlin.
      ("local_day(1774740600000)", .integer(20541)), ("local_day(1774740600000 - 3600000)", .integer(20540)),
      ("local_day(NULL)", .null),
      // The 29th of March 2026 has 23 hours in Berlin.
      ("(day_start(20542) - day_start(20541)) / 3600000", .integer(23)),
      ("day_start(20541)", .integer(1_774_738_800_000)),
      ("day_start(NULL)", .null),
      // 2026-03-29 is a Sunday.
      ("period_start(20541, 'day')", .integer(20541)), ("period_start(20541, 'week')", .integer(20535)),
      ("period_start(20541, 'month')", .integer(20513)), ("period_start(20541, NULL)", .null),
      ("period_start(NULL, 'day')", .null), ("period_before(20541, 'day')", .integer(20540)),
      ("period_before(20535, 'week')", .integer(20528)), ("period_before(20513, 'month')", .integer(20485)),
      ("period_end(20541, 'day')", .integer(20542)), ("period_end(20541, 'week')", .integer(20542)),
      ("period_end(20541, 'month')", .integer(20544)), ("period_end(NULL, 'month')", .null),
      ("month_of(20541)", .text("2026-03")), ("month_of(NULL)", .null), ("month_start('2026-03')", .integer(20513)),
      ("month_start(NULL)", .null),
      ("rfc3339(1774740600123)", .text("2026-03-28T23:30:00.123Z")), ("rfc3339(NULL)", .null),
      ("'10' COLLATE DECIMAL > '9.5'", .integer(1)), ("'1.0' COLLATE DECIMAL = '1'", .integer(1)),
      ("'-2' COLLATE DECIMAL < '1e-6'", .integer(1)),
    ] as [(String, Value)])
  func scalar(expression: String, expected: Value) throws {
    #expect(try ledger.values("SELECT \(expression)") == [[expected]])
  }

  @Test("an aggregate leaves nulls out, and gives null of nothing")
  func aggregates() throws {
    func of(_ function: String, _ values: String) throws -> String {
      try ledger.lines("WITH v(v) AS (VALUES \(values)) SELECT \(function) FROM v WHERE v IS NOT 'none'")[0]
    }
    #expect(
      try of("money_sum(v)", "('0.1'), ('0.2'), (NULL), ('0.000000000000000000001')") == "0.300000000000000000001")
    #expect(try of("money_sum(v)", "(NULL)") == "–")
    #expect(try of("money_sum(v)", "('none')") == "–")
    #expect(try of("money_sum(v)", "(1), ('-0.5')") == "0.5")
    // Half of 3 s, and nothing; a time without a price adds nothing, but it is no time that cost 0.
    #expect(try of("cost_sum(v, '0.5')", "(3000), (NULL), (0)") == "1.5")
    #expect(try of("cost_sum(v, NULL)", "(0), (NULL)") == "0")
    #expect(try of("cost_sum(v, NULL)", "(0), (1)") == "–")
    #expect(try of("cost_sum(v, CASE v WHEN 1000 THEN '2' END)", "(1000), (5)") == "2")
    #expect(try of("cost_sum(v, '1')", "('none')") == "0")
    for (percent, expected) in [(0, 1), (1, 1), (20, 1), (21, 2), (50, 3), (80, 4), (81, 5), (99, 5), (100, 5)] {
      #expect(try of("percentile(v, \(percent))", "(5), (3), (NULL), (1), (4), (2)") == "\(expected)")
    }
    #expect(try of("percentile(v, 50)", "(NULL)") == "–")
  }

  @Test("a search for a change gives one JSON object, whatever the order of the rows, and null of too little")
  func changes() throws {
    func of(_ function: String, days: Int = 20, order: String) throws -> String {
      try ledger.lines(
        """
        WITH RECURSIVE day(day) AS (SELECT 0 UNION ALL SELECT day + 1 FROM day WHERE day < \(days - 1)),
        part(part) AS (VALUES (0), (1), (2), (3), (4))
        SELECT \(function) FROM (SELECT day, part FROM day, part ORDER BY \(order))
        """)[0]
    }
    for order in ["day, part", "part, day DESC", "(day * 7 + part * 3) % 11, day, part"] {
      // One of 20 a day until day 13, from then on 11 of 20; in five parts a day.
      let rate = try of("rate_change(day, (part = 0) + 2 * (day >= 13), 4, 10)", order: order)
      #expect(rate.hasPrefix(#"{"day":13,"p":"#), "\(rate)")
      #expect(
        rate.hasSuffix(#","failed_before":13,"rated_before":260,"failed_after":77,"rated_after":140}"#), "\(rate)")
      let runtime = try of("runtime_change(day, 1000 + part - 400 * (day >= 13), 10)", order: order)
      #expect(runtime.hasPrefix(#"{"day":13,"p":"#), "\(runtime)")
      #expect(
        runtime.hasSuffix(
          #","is_longer":0,"runs_before":65,"p50_before":1002,"runs_after":35,"p50_after":602}"#), "\(runtime)")
    }
    #expect(try of("rate_change(day, NULL, 4, 10)", order: "day") == "–")
    #expect(try of("rate_change(day, 1, 4, NULL)", order: "day") == "–")
    #expect(try of("runtime_change(day, part, 10)", days: 12, order: "day") == "–")
  }

  @Test("a forecast is one JSON object of exact texts, without amounts where there is too little history")
  func forecasts() throws {
    func of(_ arguments: String, days: Int = 14) throws -> String {
      try ledger.lines(
        """
        WITH RECURSIVE day(day) AS (SELECT 0 UNION ALL SELECT day + 1 FROM day WHERE day < \(days - 1)),
        part(cost) AS (VALUES ('0.1'), ('0.2'), (NULL))
        SELECT cost_forecast(\(arguments)) FROM day, part
        """)[0]
    }
    // 1.2 of four days, and six more of 0.3; of two weeks that are alike nobody knows how weeks differ.
    #expect(
      try of("day, cost, 0, 14, 10, 20") == #"{"history_days":14,"cost":"3","low":"2.17614","high":"4.351134"}"#)
    #expect(try of("day, '0', 0, 14, 10, 20") == #"{"history_days":14,"cost":"0"}"#)
    #expect(try of("day, cost, 1, 14, 10, 20") == #"{"history_days":7}"#)
    #expect(try of("day, cost, 0, 14, 10, 14") == #"{"history_days":0,"cost":"1.2","low":"1.2","high":"1.2"}"#)
    #expect(try of("day, cost, NULL, 14, 10, 20") == "–")
    #expect(try of("day, cost, 0, 14, 20, 20") == "–")
  }

  @Test("percentiles are those of the sorted array, group by group")
  func percentiles() throws {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<20 {
      let values = (0..<random.number(1...60)).map { _ in Int64(random.number(0...1000)) }
      let list = values.map { "(\($0))" }.joined(separator: ",")
      for percent: Int64 in [1, 50, 90, 95, 99, 100] {
        // The rank is the smallest at or below which lie at least so many percent.
        let sorted = values.sorted()
        let rank = sorted.indices.first { Int64($0 + 1) * 100 >= percent * Int64(sorted.count) } ?? 0
        #expect(
          try ledger.values("WITH v(v) AS (VALUES \(list)) SELECT percentile(v, \(percent)) FROM v")
            == [[.integer(sorted[rank])]])
      }
    }
  }

  @Test("an error of a function says which argument it was, and what it expects")
  func sentence() throws {
    let error = #expect(throws: LedgerError.self) { try ledger.values("SELECT day_start(1774740600000)") }
    #expect(
      error
        == .database(
          action: "test", reason: "day_start(): argument 1 is 1774740600000; expected a day in days since 1970"))
  }

  @Test(
    "what makes no sense is an error, and no crash and no null",
    arguments: [
      "cost(1, 'much')", "cost(1, '0.0000000000000000001')", "cost(9223372036854775807, '99999999999999')",
      "money_sum('much')", "money_sum(0.1)", "cost(1, 0.1)", "percentile(1, 101)", "percentile(1, -1)",
      "day_start(1774740600000)", "local_day(9223372036854775807)", "rfc3339(-9223372036854775807)",
      "period_start(9223372036854775807, 'month')", "period_before(-9223372036854775807, 'week')",
      "period_start(1, 'year')", "month_start('2026-13')", "month_start(1)", "seconds('1')", "cost_sum(1, 0.1)",
      "run_cost(1, 0, 9223372036854775807)", "price_at(1, 9223372036854775807)",
      "instance_type_at(1, 1e300)", "local_day('2026-01-15')",
    ])
  func nonsense(expression: String) throws {
    let error = #expect(throws: LedgerError.self) { try ledger.values("SELECT \(expression)") }
    guard case .database("test", let reason) = error else {
      Issue.record("\(error as Any)")
      return
    }
    let isSaid = [
      "(): argument", "is not a decimal number", "has more than 18 decimals", "is too large to be kept exactly",
    ].contains(where: reason.contains)
    #expect(isSaid, "\(reason)")
  }

  @Test("a statement that cannot be run is named together with what is wrong")
  func badStatement() throws {
    let error = #expect(throws: LedgerError.self) { try ledger.values("SELECT * FROM elsewhere") }
    #expect(error == .database(action: "test", reason: "no such table: elsewhere"))
  }

  @Test("a statement is given the arguments that it names, and null for those nobody gave")
  func arguments() throws {
    #expect(
      try ledger.values("SELECT :a, :b, :c", ["a": .text("ä'\""), "b": .real(0.5), "d": .integer(1)])
        == [[.text("ä'\""), .real(0.5), .null]])
  }
}
