import Runs
import Testing

/// Prices read from CSV, and everything that can be wrong with one.
@Suite struct PriceTableTests {
  private func lines(_ csv: String) throws -> [String] {
    try PriceTable.prices(csv: csv, file: "lists/prices.csv").map { price in
      [
        price.source, "\(price.subject)", "\(price.price)", price.currency ?? "–", price.start?.description ?? "–",
        "\(price.place)",
      ].joined(separator: " | ")
    }
  }

  private func refusal(_ csv: String) -> String? {
    do {
      return "accepted: \(try lines(csv))"
    } catch {
      return "\(error)"
    }
  }

  @Test("every column, in any order, as a spreadsheet saves it")
  func everything() throws {
    let csv = """
      \u{FEFF}price_second,from,source,runner,instance_type,label,currency\r
      0.00012,2026-01-01,agents,gpu-*,,,EUR\r
      1.9e-06,,production,,standard-s,,\r
      \r
      0,2026-03-01T12:00:00+01:00,agents,,,"cost, ""old""\nhouse",USD\r
      2,,agents,"Search index",,,

      """
    #expect(
      try lines(csv) == [
        "agents | runner gpu-* | 0.00012 | EUR | 2026-01-01 | prices.csv, line 2",
        "production | instance_type standard-s | 0.0000019 | – | – | prices.csv, line 3",
        "agents | label cost, \"old\"\nhouse | 0 | USD | 2026-03-01T11:00:00.000Z | prices.csv, line 5",
        "agents | runner Search index | 2 | – | – | prices.csv, line 7",
      ])
  }

  @Test("columns that are not needed may be left out; a table may have no rows")
  func fewColumns() throws {
    #expect(
      try lines("source,label,price_second\nagents,gpu,1") == ["agents | label gpu | 1 | – | – | prices.csv, line 2"])
    #expect(try lines("source,price_second\n") == [])
  }

  @Test(
    "an error names the line, the column and what was expected",
    arguments: [
      (
        "",
        "line 1: the table is empty; expected the columns source, runner, instance_type, label, price_second, currency, from"
      ),
      (
        "source,runner,price\n",
        """
        line 1: "price" is no column of a price table; \
        expected source, runner, instance_type, label, price_second, currency, from
        """
      ),
      ("source,source,price_second\n", "line 1, column source: the column is there twice"),
      (
        "runner,price_second\n",
        """
        line 1, column source: the column is missing; \
        expected source, runner, instance_type, label, price_second, currency, from
        """
      ),
      (
        "source,runner,price_second\na,b\n",
        "line 2: the row has 2 fields, but the first line names 3 columns"
      ),
      ("source,runner,price_second\n,b,1\n", "line 2, column source: it is empty"),
      ("source,runner,price_second\n\na,b,\n", "line 3, column price_second: it is empty"),
      (
        "source,runner,price_second\na,b,\"0,1\"\n",
        "line 2, column price_second: the price \"0,1\" is not a decimal number"
      ),
      ("source,runner,price_second\na,b,-1\n", "line 2, column price_second: the price -1 is below zero"),
      (
        "source,runner,price_second\na,,1\n",
        "line 2: exactly one of runner, instance_type and label must say what is priced, not 0 of them"
      ),
      (
        "source,runner,label,price_second\na,b,c,1\n",
        "line 2: exactly one of runner, instance_type and label must say what is priced, not 2 of them"
      ),
      (
        "source,runner,price_second,from\na,b,1,2026-02-30\n",
        """
        line 2, column from: "2026-02-30" is neither a day such as 2026-01-31 \
        nor an instant such as 2026-01-31T12:00:00Z
        """
      ),
      (
        "source,runner,price_second,currency\na,b,1,euro\n",
        "line 2, column currency: \"euro\" is no currency; expected an ISO 4217 code such as EUR"
      ),
      ("source,runner,price_second\na,\"b,1\n", "line 2, column 2: the quote that begins here does not end"),
      ("source,runner,price_second\na,\"b\"c,1\n", "line 2, column 2: there is text after the closing quote"),
    ])
  func errors(csv: String, expected: String) {
    #expect(refusal(csv) == expected)
  }

  @Test("a day begins where the zone's does, an instant is itself")
  func starts() throws {
    let berlin = Zones.berlin
    #expect(ConfiguredPrice.Start("2026-07-01")?.instant(in: berlin) == instant("2026-06-30T22:00:00Z"))
    #expect(
      ConfiguredPrice.Start("2026-07-01T00:00:00+02:00")?.instant(in: .utc) == instant("2026-06-30T22:00:00Z"))
    #expect(ConfiguredPrice.Start("soon") == nil)
    #expect(ConfiguredPrice.Place.configuration(entry: 2).description == "configuration, entry 2")
  }
}
