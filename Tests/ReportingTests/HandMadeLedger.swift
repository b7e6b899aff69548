import Harvest
import Reporting
import Runs
import Store
import TestSupport

/// A small company whose every number can be worked out by hand. Its days are those of Berlin, its now is noon UTC
/// on 10 February 2026.
struct HandMadeLedger {
  let folder: TemporaryFolder
  let ledger: Ledger

  static let agents = SourceSettings(name: "agents", vendor: .agentsMesh, currency: "USD")

  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder, zone: try TimeZoneDatabase.rules(named: "Europe/Berlin"))
    let index = make(runner: "index-1", name: "Search index", timeout: 600, region: nil, type: nil)

    // A second on "small" costs 0.0000019, seen last on 31 January at 06:00; from noon that day 0.0000038.
    for (time, price) in [
      ("2026-01-01T00:00:00Z", "0.0000019"), ("2026-01-31T06:00:00Z", "1.9e-06"), ("2026-01-31T12:00:00Z", "0.0000038"),
    ] {
      try await ledger.harvest(VendorAnswer([try HandMadeLedger.backup(price: price), index]), at: time)
    }
    try await ledger.harvest(
      VendorAnswer([try HandMadeLedger.backup(price: "0.0000038"), index], runs: try HandMadeLedger.runs()),
      at: "2026-02-10T12:00:00Z")

    let gpu = make(runner: "gpu-1", name: "gpu-1", timeout: nil, type: try make(type: "gpu", price: "0.00012"))
    try await ledger.harvest(VendorAnswer([gpu]), at: "2026-01-01T00:00:00Z", source: HandMadeLedger.agents)
    try await ledger.harvest(
      VendorAnswer([gpu], runs: ["gpu-1": try HandMadeLedger.pods()]), at: "2026-02-10T11:00:00Z",
      source: HandMadeLedger.agents)
  }

  private static func backup(price: String) throws -> RunnerRecord {
    make(runner: "backup-1", name: "Backup", timeout: 36_000, type: try make(type: "small", price: price))
  }

  private static func runs() throws -> [String: [RunRecord]] {
    [
      "backup-1": [
        // 270 s × 0.0000019 = 0.000513
        try make(run: "s1", started: "2026-01-15T09:01:00Z", completed: "2026-01-15T09:05:30Z"),
        // 135 s × 0.0000019 = 0.0002565
        try make(run: "s2", "failed", started: "2026-01-16T09:00:00Z", completed: "2026-01-16T09:02:15Z", exit: 1),
        // 05–06 at the old price, 3600 s: 0.00684; 06–12 assumed to be at the old one, 21600 s: 0.04104;
        // 12–13 at the new one, 3600 s: 0.01368. Together 28800 s and 0.06156.
        try make(run: "s3", started: "2026-01-31T05:00:00Z", completed: "2026-01-31T13:00:00Z"),
        // 23:00 to 00:30 in Berlin: 3600 s in January, 0.01368, and 1800 s in February, 0.00684.
        try make(run: "s4", started: "2026-01-31T22:00:00Z", completed: "2026-01-31T23:30:00Z"),
        // Open for an hour: 3600 s, 0.01368 so far.
        try make(openRun: "s5", started: "2026-02-10T11:00:00Z"),
        // Asked for and not yet started.
        try make(openRun: "s6", started: nil, created: "2026-02-10T11:30:00Z"),
      ],
      // No size, no price.
      "index-1": [
        try make(run: "i1", started: "2026-01-20T10:00:00Z", completed: "2026-01-20T10:01:00Z"),
        // It lasted its timeout of 600 s and says no exit code.
        try make(run: "i2", "failed", started: "2026-01-20T12:00:00Z", completed: "2026-01-20T12:10:00Z", exit: nil),
        // A word nobody knows.
        try make(run: "i3", "evicted", started: "2026-01-21T12:00:00Z", completed: "2026-01-21T12:00:30Z", exit: nil),
      ],
    ]
  }

  private static func pods() throws -> [RunRecord] {
    [
      // 100 s × 0.00012 = 0.012; 50 s: 0.006; 10 s: 0.0012
      try make(run: "a1", "completed", started: "2026-01-18T10:00:00Z", completed: "2026-01-18T10:01:40Z", exit: nil),
      try make(run: "a2", "terminated", started: "2026-01-19T10:00:00Z", completed: "2026-01-19T10:00:50Z", exit: nil),
      try make(run: "a3", "error", started: "2026-01-19T11:00:00Z", completed: "2026-01-19T11:00:10Z", exit: nil),
    ]
  }
}

func month(_ text: String) -> ReportRequest {
  ReportRequest(period: Month(text).map { .month($0) })
}
