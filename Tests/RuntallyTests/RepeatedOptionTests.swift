import Testing

/// Options that are given more than once: all values count, or none is taken.
@Suite struct RepeatedOptionTests {
  @Test(
    "an option that takes one value is refused when it has two, whatever it is written like",
    arguments: [
      ("report runs --month 2026-01 --month 2026-02", "--month was given 2 times, and takes one value; give it once"),
      (
        "report runs --month=2026-01 --all --month 2026-01",
        "--month was given 2 times, and takes one value; give it once"
      ),
      ("report runs -f csv --format json", "-f and --format are one option, which takes one value; give one of them"),
      ("report runs -fo csv x.csv -f json", "-f was given 2 times, and takes one value; give it once"),
      (
        "status --database a --ledger b",
        "--database and --ledger are one option, which takes one value; give one of them"
      ),
      (
        "report failure-trend --interval day --interval week",
        "--interval was given 2 times, and takes one value; give it once"
      ),
      (
        "whatif --instance-type a --instance-type b --price 1",
        "--instance-type was given 2 times, and takes one value; give it once"
      ),
      (
        "explain abcdef --format text --format json", "--format was given 2 times, and takes one value; give it once"
      ),
      ("check --policy a --policy b", "--policy was given 2 times, and takes one value; give it once"),
      ("query --output a --output b 1", "--output was given 2 times, and takes one value; give it once"),
      ("harvest --save a --save b", "--save was given 2 times, and takes one value; give it once"),
      ("demo --seed 1 --seed 2", "--seed was given 2 times, and takes one value; give it once"),
      ("simulate --port 1 --port 2", "--port was given 2 times, and takes one value; give it once"),
      ("prices plan --config a --config b", "--config was given 2 times, and takes one value; give it once"),
    ])
  func refused(command: String, reason: String) async throws {
    let finished = try await Workplace().shell("runtally " + command)
    #expect(finished == Finished(exitCode: 64, out: "", err: "runtally: \(reason)\n"))
  }

  @Test("of sources, runners and outcomes all count, and every format that names them names all")
  func counted() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let asked = "--all --source production --runner 'Database*' --runner nobody --quiet"
    #expect(try await place.shell("runtally report runs " + asked).exitCode == 64)
    let two =
      "runtally report durations --all --outcome success --outcome failure --source production --source production"
    #expect(try await place.shell("\(two) --format csv --quiet").out.contains(",2,135.000,"))
    #expect(
      try await place.shell("\(two) --format json --quiet").out.contains(
        "\"filters\": {\"source\":\"production\",\"group-by\":\"runner\",\"outcome\":[\"success\",\"failure\"]}"))
    #expect(
      try await place.shell("\(two) --format table --quiet").out.hasPrefix(
        "Durations · production · success, failure · "))
    #expect(
      try await place.shell("\(two) --format markdown --quiet").out.contains(
        " · source production · group-by runner · outcome success, failure\n"))
    #expect(
      try await place.shell("\(two) --format html --quiet").out.contains("<dt>Outcome</dt><dd>success, failure</dd>"))
  }

  @Test("a flag says the same twice, and what stands behind -- is no option")
  func harmless() async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(try await place.shell("runtally report runs --all --all --quiet --quiet").exitCode == 0)
    let finished = try await place.shell("runtally query --quiet --format csv -- --format")
    #expect(!finished.err.contains("was given"))
  }

  @Test("a source that is named twice is visited once")
  func harvested() async throws {
    let place = try Workplace()
    try place.write(
      "sources:\n  production: {vendor: nodion, url: \"http://127.0.0.1:1/v1\", token: \"${T}\"}\nclient: {attempts: 1}\n",
      to: "runtally.yaml")
    let finished = try await place.run("harvest", "production", "production", environment: ["T": "abc"])
    #expect(finished.err.split(separator: "\n").count { $0.hasPrefix("production ") } == 1, "\(finished.err)")
  }
}
