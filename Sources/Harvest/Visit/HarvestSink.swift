import Runs

/// Where a visit puts what it reads: the ledger, or a list in a test.
///
/// It is called from as many tasks at once as the visit reads lists, and for each list one call at a time: the next batch
/// is read meanwhile, and no further. A call under way is never cancelled.
package protocol HarvestSink: Sendable {
  /// All runners of one answer; absence may be judged only if its reading is complete.
  func save(runners: RunnerList) async throws
  func save(runs: [RunRecord], of runner: String) async throws
  /// The reading of one list is final.
  func close(_ reading: ResourceReading) async throws
}
