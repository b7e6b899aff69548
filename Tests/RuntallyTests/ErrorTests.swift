import Foundation
import Testing

/// Bad input gets one clear sentence that says what failed, on what, and what to do; nothing is left half-written.
@Suite struct ErrorTests {
  struct Mistake: CustomTestStringConvertible, Sendable {
    var arguments: String
    var exitCode: Int32 = 64
    var sentence: String

    var testDescription: String { arguments }
  }

  static let mistakes: [Mistake] = [
    Mistake(
      arguments: "reprot monthly-cost",
      sentence: "there is no command \"reprot\"; did you mean \"report\"? `runtally --help` lists them"),
    Mistake(arguments: "zzz", sentence: "there is no command \"zzz\"; `runtally --help` lists them"),
    Mistake(
      arguments: "report monthly-cots",
      sentence: "there is no report \"monthly-cots\"; did you mean \"monthly-cost\"? "
        + "`runtally reports` lists them, a path such as ./mine.sql runs your own"),
    Mistake(
      arguments: "reports nosuch",
      sentence: "there is no report \"nosuch\"; "
        + "`runtally reports` lists them, a path such as ./mine.sql runs your own"),
    Mistake(arguments: "report ./mine.sql", sentence: "./mine.sql cannot be read (no such file)"),
    Mistake(
      arguments: "report monthly-cost --month 2026-13",
      sentence: "\"2026-13\" is no period: expected a month such as 2026-01, or last, or this"),
    Mistake(
      arguments: "report monthly-cost --from 2026-02-30",
      sentence: "\"2026-02-30\" is no period: expected a day such as 2026-01-31, or an instant such as "
        + "2026-01-31T06:00 or 2026-01-31T06:00:00+01:00"),
    Mistake(
      arguments: "report monthly-cost --from 2026-02-03 --to 2026-02-03",
      sentence: "\"2026-02-03 to 2026-02-03\" is no period: the end is exclusive and must come after the beginning"),
    Mistake(
      arguments: "report runs --last 30x",
      sentence: "\"30x\" is no period: expected a number with d, w or m, such as 30d"),
    Mistake(
      arguments: "report runs --timezone Europe/Berln",
      sentence: "\"Europe/Berln\" is not a time zone; expected an IANA name such as Europe/Berlin. "
        + "Near it: Europe/Berlin, Europe/Dublin, Europe/Jersey"),
    Mistake(
      arguments: "report runs --source prod", sentence: "the ledger has no source \"prod\"; it knows production"),
    Mistake(
      arguments: "report runs --runner 'Database Bakcup'",
      sentence: "no runner has the id or name \"Database Bakcup\", nor does one match it; "
        + "did you mean \"Database Backup\"? `runtally report runners` lists them"),
    Mistake(
      arguments: "report runs --format pdf",
      sentence: "--format cannot be \"pdf\"; choose one of table, csv, json, jsonl, markdown, html, xlsx, junit, "
        + "openmetrics, focus, focus-1.2"),
    Mistake(
      arguments: "report monthly-cost --format junit",
      sentence: "--format cannot be \"junit\"; choose one of table, csv, json, jsonl, markdown, html, xlsx"),
    Mistake(
      arguments: "reports --format junit",
      sentence: "these rows cannot be written as junit; choose one of table, csv, json, jsonl, markdown, html, xlsx"),
    Mistake(
      arguments: "report durations --group-by month",
      sentence: "--group-by cannot be \"month\"; choose one of none, source, runner, instance-type"),
    Mistake(
      arguments: "report charges --decimals 2",
      sentence: "--decimals cannot be used on charges: its amounts are told to the last digit; use it on a report that "
        + "adds up, such as monthly-cost or runners"),
    Mistake(
      arguments: "report runs --output text.txt/r.csv", exitCode: 1,
      sentence: "cannot create text.txt/r.csv: Not a directory; "
        + "create its folder first, or choose another folder with --output"),
    Mistake(
      arguments: "report runs --output nowhere/r.csv", exitCode: 1,
      sentence: "cannot create nowhere/r.csv: No such file or directory; "
        + "create its folder first, or choose another folder with --output"),
    Mistake(
      arguments: "report runs --output bodies", exitCode: 1,
      sentence: "cannot write bodies: it is a folder; name a file in it with --output"),
    Mistake(
      arguments: "report runs --database nowhere.sqlite", exitCode: 1,
      sentence: "there is no ledger at nowhere.sqlite; run `runtally init` or `runtally harvest` to make one, "
        + "or name another with --database"),
    Mistake(
      arguments: "report runs --database text.txt", exitCode: 1,
      sentence: "text.txt is not a Runtally ledger, and was left untouched; name another file with --database"),
    Mistake(
      arguments: "import production bodies --vendor nodion --database text.txt", exitCode: 1,
      sentence: "text.txt is not a Runtally ledger, and was left untouched; name another file with --database"),
    Mistake(
      arguments: "import production bodies",
      sentence: "the configuration has no source \"production\". Where it is a new one, name its vendor, as in "
        + "--vendor nodion"),
    Mistake(
      arguments: "import production bodies --vendor nodion --as-of yesterday",
      sentence: "\"yesterday\" is not an instant; expected RFC 3339 with an offset, "
        + "such as 2026-01-15T10:01:00.000+01:00"),
  ]

  @Test("a mistake is one sentence and an exit code, and touches no file", arguments: mistakes)
  func mistake(_ mistake: Mistake) async throws {
    let place = try await Workplace.withDocumentedRuns()
    try place.write("just text\n", to: "text.txt")
    let before = (place.files(), try place.bytes("runtally.sqlite"))
    let finished = try await place.shell("runtally " + mistake.arguments)
    #expect(finished == Finished(exitCode: mistake.exitCode, out: "", err: "runtally: \(mistake.sentence)\n"))
    #expect(place.files() == before.0)
    #expect(try place.bytes("runtally.sqlite") == before.1)
    #expect(try place.read("text.txt") == "just text\n")
  }

  @Test(
    "what the parser refuses is wrong usage, with the command's own usage below",
    arguments: [
      ("harvest --concurrency 0", "--concurrency goes from 1 to 64."),
      ("status --stale-after 0", "--stale-after takes at least 1 hour."),
      ("simulate --port 65536", "--port goes from 1 to 65535, or is 0 for a free one."),
      ("simulate --runs 0", "--runs goes from 1 to 100000000."),
      ("demo --runs 0", "--runs goes from 1 to 100000000."),
      ("report runs --decimals 22", "--decimals goes from 0 to 21."),
      ("report runs --all --month last", "Choose one of --month, --from and --to, --last and --all."),
      ("report", "Missing expected argument '<name>'"),
      ("report runs --frmat csv", "Unknown option '--frmat'"),
      ("harvest --concurrency many", "The value 'many' is invalid for '--concurrency <count>'"),
    ])
  func parserErrors(arguments: String, firstLine: String) async throws {
    let place = try Workplace()
    let finished = try await place.shell("runtally " + arguments)
    #expect(finished.exitCode == 64)
    #expect(finished.out == "")
    #expect(
      finished.err.split(separator: "\n").first.map(String.init)?.hasPrefix("runtally: " + firstLine) == true,
      "\(finished.err)")
    let command = arguments.prefix { $0 != " " }
    #expect(finished.err.contains("Usage: runtally \(command) "))
    #expect(place.files() == [])
  }

  @Test(
    "an instant at which no API can have been asked is wrong usage",
    arguments: ["0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z"])
  func impossibleVisit(asOf: String) async throws {
    let place = try Workplace()
    try place.writeBodies()
    let finished = try await place.importBodies(asOf: asOf)
    #expect(finished.exitCode == 64)
    #expect(finished.err.contains("is no instant at which an API was asked"))
    #expect(!place.exists("runtally.sqlite"))
  }

  @Test("answers older than what the ledger knows are refused, and nothing of it changes")
  func olderAnswers() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let before = try await place.tables()
    #expect(
      try await place.importBodies(asOf: "2026-01-31T06:00:00Z")
        == Finished(
          exitCode: 1, out: "",
          err: "runtally: these answers of production are from 2026-01-31T06:00:00.000Z, the ledger already read it at "
            + "2026-02-01T06:00:00.000Z; import answers in the order they were given; where that visit was a mistake, as "
            + "with a clock that was ahead, take it back with `runtally source take-back production`\n"))
    #expect(try await place.tables() == before)
  }

  @Test("a report of an empty ledger says what to do")
  func emptyLedger() async throws {
    let place = try Workplace()
    _ = try await place.run("init")
    #expect(
      try await place.run("report", "monthly-cost", "--output", "r.csv")
        == Finished(
          exitCode: 1, out: "", err: "runtally: the ledger runtally.sqlite is empty; run `runtally harvest` first\n"))
    #expect(!place.exists("r.csv"))
  }

  @Test("an output that fails keeps the older file, and no part of the new one is left")
  func wholeOrNothing() async throws {
    let place = try await Workplace.withDocumentedRuns()
    try place.write("an older report\n", to: "r.csv")
    // The definition is wrong in its second row, after the first one was written.
    try place.write(
      """
      /*
      title: Broken
      question: Does half of it stay?
      columns: [{name: amount, type: money, description: Not always money.}]
      */
      SELECT '1.5' AS amount UNION ALL SELECT 2
      """, to: "broken.sql")
    let before = place.files()
    let finished = try await place.run("report", "./broken.sql", "--output", "r.csv")
    #expect(finished.exitCode == 1)
    #expect(
      finished.err == "runtally: ./broken.sql:4: the column amount is money, but row 2 has the integer 2; "
        + "expected decimal text, as cost() and money_sum() give\n")
    #expect(place.files() == before)
    #expect(try place.read("r.csv") == "an older report\n")
  }

  @Test("a full disk is an error, and not a report that is shorter", .enabled(if: Disk.hasFullDevice, "no /dev/full"))
  func fullDisk() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let finished = try await place.shell("runtally report runs --month 2026-01 --quiet > /dev/full")
    #expect(
      finished
        == Finished(
          exitCode: 1, out: "",
          err: "runtally: cannot write standard output: No space left on device; "
            + "make room there, or choose another folder with --output\n"))
  }

  private enum Disk {
    static let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")
  }
}
