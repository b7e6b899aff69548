import Runs

/// Visits one source: its runners, then the runs of each runner in the list, at most `concurrency` lists at once.
///
/// One list that fails does not stop the others; it is closed with a reading that says why. What the sink throws does
/// stop the visit. Cancelled, the visit finishes the batch in hand, closes the lists it had begun as incomplete and
/// throws `CancellationError`.
/// - Parameter progress: called after every batch and every list, never twice at once.
package func harvest(
  source: some RunnerSource, into sink: some HarvestSink, concurrency: Int = 4, batchSize: Int = 30_000,
  progress: @escaping @Sendable (HarvestProgress) -> Void = { _ in }
) async throws -> Visit {
  var list = try await source.fetchRunners()
  if list.reading.isComplete || !list.runners.isEmpty {
    try await unbroken { [list] in try await sink.save(runners: list) }
  }
  try await unbroken { [list] in try await sink.close(list.reading) }

  guard source.hasRuns else { return Visit(readings: [list.reading], error: list.error) }
  var seen: Set<RowKey> = []
  let runners = list.runners.map(\.id).filter { seen.insert(RowKey($0)).inserted }
  // The rest of the visit takes longer, and needs no more than their ids.
  list.runners = []
  let visit = RunVisit(
    source: source, sink: sink, batchSize: batchSize, count: ProgressCount(total: runners.count, report: progress))
  let readings = try await visit.readings(of: runners, concurrency: max(1, concurrency))
  return Visit(readings: [list.reading] + readings, error: list.error)
}

/// The second half of a visit: the run lists.
private struct RunVisit<Source: RunnerSource, Sink: HarvestSink>: Sendable {
  let source: Source
  let sink: Sink
  let batchSize: Int
  let count: ProgressCount

  func readings(of runners: [String], concurrency: Int) async throws -> [ResourceReading] {
    try await withThrowingTaskGroup(of: (Int, ResourceReading).self) { group in
      var readings: [Int: ResourceReading] = [:]
      for (index, runner) in runners.enumerated() {
        if index >= concurrency, let (done, reading) = try await group.next() { readings[done] = reading }
        group.addTask { (index, try await reading(of: runner)) }
      }
      for try await (done, reading) in group { readings[done] = reading }
      return runners.indices.compactMap { readings[$0] }
    }
  }

  private func reading(of runner: String) async throws -> ResourceReading {
    try Task.checkCancellation()
    var saved = 0
    // While one batch is being saved the next one is read.
    var saving: Task<Void, any Error>?
    let reading: ResourceReading
    do {
      reading = try await source.fetchRuns(of: runner, batchSize: batchSize) { batch in
        try await saving?.value
        saved += batch.count
        saving = Task {
          try await sink.save(runs: batch, of: runner)
          await count.add(runs: batch.count)
        }
      }
      try await saving?.value
    } catch let error as CancellationError {
      try await saving?.value
      let stopped = ResourceReading(
        resource: .runs(runner: runner), requests: 1, rows: saved, isComplete: false,
        note: "the harvest was stopped before the end of the list")
      try await unbroken { try await sink.close(stopped) }
      throw error
    } catch {
      _ = await saving?.result
      throw error
    }
    try await unbroken { try await sink.close(reading) }
    // Rows of a list that broke off and was read again were handed over more than once.
    if reading.rows != saved { await count.add(runs: reading.rows - saved) }
    await count.finishRunner()
    return reading
  }
}

/// Does the work to its end even if the task that waits for it is cancelled: a database would roll back half-way.
private func unbroken(_ work: @escaping @Sendable () async throws -> Void) async throws {
  try await Task { try await work() }.value
}

/// Counts for the progress callback, one call at a time.
private actor ProgressCount {
  private var progress: HarvestProgress
  private let report: @Sendable (HarvestProgress) -> Void

  init(total: Int, report: @escaping @Sendable (HarvestProgress) -> Void) {
    progress = HarvestProgress(runnersDone: 0, runnersTotal: total, runs: 0)
    self.report = report
  }

  func add(runs: Int) {
    progress.runs += runs
    report(progress)
  }

  func finishRunner() {
    progress.runnersDone += 1
    report(progress)
  }
}
