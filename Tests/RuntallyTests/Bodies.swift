import Foundation

/// Answers in the shapes that Nodion documents, with the documented values unless a test says otherwise.
struct Bodies {
  static let runnerID = "a1b2c3d4-e5f6-7890-abcd-ef1234567890"
  static let firstRunID = "c3f85434-5470-46de-bbeb-ce668ca2c351"
  static let secondRunID = "d4e5f6a7-b8c9-0123-defa-234567890123"

  /// Long after the documented runs.
  static let asOf = "2026-02-01T06:00:00Z"

  static func runner(id: String = runnerID, name: String = "Database Backup", price: String = "0.0000019") -> String {
    """
    {
      "id": \(quoted(id)), "status": "available", "name": \(quoted(name)),
      "image_name": "mycompany/backup-tool", "image_tag": "latest", "run_command": "python backup.py",
      "entrypoint": null, "timeout_seconds": 3600,
      "created_at": "2026-01-15T10:00:00.000+01:00", "updated_at": "2026-01-15T10:00:00.000+01:00",
      "region": {
        "id": "428d037e-9ba6-4dab-92bd-8d816c523126", "status": "available", "name": "Frankfurt, DE", "slug": "fra"
      },
      "instance_type": {
        "id": "f47ac10b-58cc-4372-a567-0e02b2c3d479", "name": "Standard S", "slug": "standard-s", "cpu": 1,
        "mem": 1024, "price_month": 5.0, "price_second": \(price)
      },
      "container_registry": null
    }
    """
  }

  /// 270 seconds, successful.
  static func firstRun(
    id: String = firstRunID, status: String = "succeeded", completed: String = "2026-01-15T10:05:30.000+01:00"
  ) -> String {
    """
    {
      "id": \(quoted(id)), "status": \(quoted(status)), "exit_code": 0,
      "started_at": "2026-01-15T10:01:00.000+01:00", "completed_at": "\(completed)",
      "created_at": "2026-01-15T10:00:55.000+01:00", "updated_at": "2026-01-15T10:05:30.000+01:00"
    }
    """
  }

  /// 135 seconds, failed.
  static func secondRun(id: String = secondRunID) -> String {
    """
    {
      "id": \(quoted(id)), "status": "failed", "exit_code": 1,
      "started_at": "2026-01-14T08:00:00.000+01:00", "completed_at": "2026-01-14T08:02:15.000+01:00",
      "created_at": "2026-01-14T07:59:50.000+01:00", "updated_at": "2026-01-14T08:02:15.000+01:00"
    }
    """
  }

  static func list(_ key: String, _ elements: [String]) -> String {
    "{\"\(key)\": [\n\(elements.joined(separator: ",\n"))\n]}"
  }

  /// A JSON string of any text.
  static func quoted(_ text: String) -> String {
    "\"" + text.unicodeScalars.map(escaped).joined() + "\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case _ where scalar.value < 0x20: "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
    default: String(scalar)
    }
  }
}

extension Workplace {
  /// Writes a folder for `runtally import`: one runner with the two documented runs unless a test says otherwise.
  func writeBodies(
    runners: [String] = [Bodies.runner()],
    runs: [String: [String]] = [
      Bodies.runnerID: [Bodies.firstRun(), Bodies.secondRun()]
    ], to name: String = "bodies"
  ) throws {
    try write(Bodies.list("runners", runners), to: "\(name)/runners.json")
    for (runner, list) in runs { try write(Bodies.list("runs", list), to: "\(name)/runs/\(runner).json") }
  }

  func importBodies(from name: String = "bodies", asOf: String = Bodies.asOf) async throws -> Finished {
    try await run("import", "production", name, "--vendor", "nodion", "--as-of", asOf)
  }

  /// A ledger with the documented runs in it.
  static func withDocumentedRuns(currency: String? = nil) async throws -> Workplace {
    let place = try Workplace()
    if let currency { try place.write("currency: \(currency)\n", to: "runtally.yaml") }
    try place.writeBodies()
    _ = try await place.importBodies()
    return place
  }

  /// A configuration with one source.
  func configure(
    url: String = "http://127.0.0.1:1/v1", timeZone: String = "Europe/Berlin",
    token: String = "token: \"${TEST_TOKEN}\"", more: String = ""
  ) throws {
    try write(
      """
      database: ledger.sqlite
      timezone: \(timeZone)
      currency: EUR
      sources:
        production:
          vendor: nodion
          url: "\(url)"
          \(token)
      \(more)

      """, to: "runtally.yaml")
  }
}
