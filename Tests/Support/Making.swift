import Runs

/// Records as vendors tell them, with everything that a test does not care about filled in.

package func instant(_ text: String) throws -> Instant {
  try Instant(rfc3339: text)
}

package func day(_ text: String) -> LocalDay {
  LocalDay(text) ?? LocalDay(number: 0)
}

package func make(
  runner id: String = "backup", name: String? = nil, status: String? = "idle", timeout: Int64? = 3600,
  region: RegionRecord? = RegionRecord(id: "fra", slug: "fra1", name: "Frankfurt"),
  type: InstanceTypeRecord? = try? make(type: "small", price: "0.0000019")
) -> RunnerRecord {
  RunnerRecord(
    id: id, name: name ?? id.capitalized, status: status, timeoutSeconds: timeout, image: "acme/\(id):1",
    createdAt: Instant(milliseconds: 1_735_689_600_000), region: region, instanceType: type)
}

package func make(type id: String, price: String?, slug: String? = nil) throws -> InstanceTypeRecord {
  InstanceTypeRecord(
    id: id, name: id.capitalized, slug: slug ?? id, cpu: "1", memory: "1024",
    pricePerSecond: try price.map { try Price($0) }, pricePerMonth: nil)
}

/// A run that was asked for ten seconds before it started, unless told otherwise.
package func make(
  run id: String, _ status: String = "succeeded", created: String? = nil, started: String? = "2026-01-15T10:00:00Z",
  completed: String? = "2026-01-15T10:04:30Z", updated: String? = nil, exit: Int64? = 0
) throws -> RunRecord {
  let start = try started.map(instant)
  return RunRecord(
    id: id, status: status, exitCode: exit,
    createdAt: try created.map(instant) ?? start?.advanced(byMilliseconds: -10_000), startedAt: start,
    completedAt: try completed.map(instant), updatedAt: try updated.map(instant))
}

/// A run that has not ended.
package func make(openRun id: String, started: String?, created: String? = nil) throws -> RunRecord {
  try make(
    run: id, started == nil ? "pending" : "running", created: created, started: started, completed: nil, exit: nil)
}
