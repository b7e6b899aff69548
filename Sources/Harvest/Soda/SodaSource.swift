import Runs

/// A Soda Cloud organisation: `GET /runners` below `/api/v1`, in pages. It tells which runners there are and whether
/// they are online; it has no runs, durations or prices.
package struct SodaSource: RunnerSource {
  /// Where an organisation's data lies.
  package enum Region: String, CaseIterable, Sendable {
    case eu
    case us

    /// What a door to it begins with.
    package var base: String {
      switch self {
      case .eu: "https://cloud.soda.io/api/v1"
      case .us: "https://cloud.us.soda.io/api/v1"
      }
    }
  }

  private let list: PagedList
  private let headers: [String: Secret]

  /// - Parameters:
  ///   - door: below `/api/v1`, as in ``Region/base`` and ``base(url:)``.
  ///   - key: none for a folder of saved answers.
  ///   - keyName: the variable the key's secret came from, for the sentence that says what to check.
  ///   - pageSize: runners asked for at once, 10 to 1000. Lists are limited to 60 requests in 60 s, so the most is best.
  ///   - pageLimit: requests for the list.
  ///   - redactor: knows more secrets than this source's own.
  ///   - clock: when the visit is made, to see what lies ahead of it.
  package init(
    door: AnswerDoor, key: SodaKey? = nil, keyName: String? = nil, pageSize: Int = 1000, pageLimit: Int = 1000,
    redactor: Redactor? = nil, clock: (@Sendable () -> Instant)? = nil
  ) {
    headers = SodaSource.headers(key: key)
    let reader = ListReader(
      door: door, redactor: redactor ?? Redactor(key?.secrets ?? []), key: HarvestError.KeyHint(name: keyName),
      clock: clock)
    list = PagedList(
      reader: reader, scheme: .numbers(size: min(max(10, pageSize), 1000)), pageLimit: max(1, pageLimit))
  }

  static func headers(key: SodaKey?) -> [String: Secret] {
    // Announces that this client waits when it is told to; the vendor then slows down instead of refusing.
    var headers = ["X-Soda-Backpressure": Secret("1")]
    if let key { headers["Authorization"] = key.authorization }
    return headers
  }

  /// `https://soda.example.com/api/v1`, whether or not the path is there already.
  package static func base(url: String) -> String {
    let trimmed = String(url.reversed().drop { $0 == "/" }.reversed())
    return trimmed.hasSuffix("/api/v1") ? trimmed : trimmed + "/api/v1"
  }

  package var hasRuns: Bool { false }

  package func fetchRunners() async throws -> RunnerList {
    // One that comes again has changed between two pages.
    var found = RowGathering<SodaRunner>(id: \.record.id, size: \.record.textSize)
    let result = try await list.read(
      AnswerRequest(["runners"], headers: headers), list: "content", noun: "runner",
      batchSize: RowGathering<SodaRunner>.batchSize, id: \.record.id, decode: SodaRunner.init(json:_:),
      save: { found.add($0) })
    let reading = result.reading(of: .runners, problems: found.problems, redactor: list.reader.redactor)
    return RunnerList(runners: found.rows.map(\.record), reading: reading, error: result.error)
  }

  /// There is nothing to ask for; and what was not asked for is not known to be empty.
  package func fetchRuns(
    of runnerID: String, batchSize: Int, save: ([RunRecord]) async throws -> Void
  ) async throws -> ResourceReading {
    ResourceReading(
      resource: .runs(runner: runnerID), requests: 0, rows: 0, isComplete: false, note: "Soda Cloud has no runs")
  }
}
