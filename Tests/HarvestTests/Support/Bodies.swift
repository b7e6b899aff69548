import Foundation
import Harvest
import Runs

/// Answers as Nodion documents them, and what they mean.
enum Bodies {
  static let runnerID = "a1b2c3d4-e5f6-7890-abcd-ef1234567890"

  static let runners = """
    {
      "runners": [
        {
          "id": "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
          "status": "available",
          "name": "Database Backup",
          "image_name": "mycompany/backup-tool",
          "image_tag": "latest",
          "run_command": "python backup.py",
          "entrypoint": null,
          "timeout_seconds": 3600,
          "created_at": "2026-01-15T10:00:00.000+01:00",
          "updated_at": "2026-01-15T10:00:00.000+01:00",
          "region": {
            "id": "428d037e-9ba6-4dab-92bd-8d816c523126",
            "status": "available",
            "name": "Frankfurt, DE",
            "slug": "fra"
          },
          "instance_type": {
            "id": "f47ac10b-58cc-4372-a567-0e02b2c3d479",
            "name": "Standard S",
            "slug": "standard-s",
            "cpu": 1,
            "mem": 1024,
            "price_month": 5.0,
            "price_second": 0.0000019
          },
          "container_registry": null
        }
      ]
    }
    """

  static let runs = """
    {
      "runs": [
        {
          "id": "c3f85434-5470-46de-bbeb-ce668ca2c351",
          "status": "succeeded",
          "exit_code": 0,
          "started_at": "2026-01-15T10:01:00.000+01:00",
          "completed_at": "2026-01-15T10:05:30.000+01:00",
          "created_at": "2026-01-15T10:00:55.000+01:00",
          "updated_at": "2026-01-15T10:05:30.000+01:00"
        },
        {
          "id": "d4e5f6a7-b8c9-0123-defa-234567890123",
          "status": "failed",
          "exit_code": 1,
          "started_at": "2026-01-14T08:00:00.000+01:00",
          "completed_at": "2026-01-14T08:02:15.000+01:00",
          "created_at": "2026-01-14T07:59:50.000+01:00",
          "updated_at": "2026-01-14T08:02:15.000+01:00"
        }
      ]
    }
    """

  static func runner() throws -> RunnerRecord {
    RunnerRecord(
      id: runnerID, name: "Database Backup", status: "available", timeoutSeconds: 3600,
      image: "mycompany/backup-tool:latest", createdAt: try Instant(rfc3339: "2026-01-15T09:00:00Z"),
      region: RegionRecord(id: "428d037e-9ba6-4dab-92bd-8d816c523126", slug: "fra", name: "Frankfurt, DE"),
      instanceType: InstanceTypeRecord(
        id: "f47ac10b-58cc-4372-a567-0e02b2c3d479", name: "Standard S", slug: "standard-s", cpu: "1",
        memory: "1024", pricePerSecond: try Price("0.0000019"), pricePerMonth: "5.0"))
  }

  static func runRecords() throws -> [RunRecord] {
    [
      RunRecord(
        id: "c3f85434-5470-46de-bbeb-ce668ca2c351", status: "succeeded", exitCode: 0,
        createdAt: try Instant(rfc3339: "2026-01-15T09:00:55Z"),
        startedAt: try Instant(rfc3339: "2026-01-15T09:01:00Z"),
        completedAt: try Instant(rfc3339: "2026-01-15T09:05:30Z"),
        updatedAt: try Instant(rfc3339: "2026-01-15T09:05:30Z")),
      RunRecord(
        id: "d4e5f6a7-b8c9-0123-defa-234567890123", status: "failed", exitCode: 1,
        createdAt: try Instant(rfc3339: "2026-01-14T06:59:50Z"),
        startedAt: try Instant(rfc3339: "2026-01-14T07:00:00Z"),
        completedAt: try Instant(rfc3339: "2026-01-14T07:02:15Z"),
        updatedAt: try Instant(rfc3339: "2026-01-14T07:02:15Z")),
    ]
  }
}

extension AnswerDoor {
  /// Answers from memory: the last word of the path, or the whole path, names the body.
  static func memory(_ bodies: [String: String], chunkSize: Int = 7) -> AnswerDoor {
    AnswerDoor { request in
      let place = HarvestError.Place.service(
        address: "https://api.example.com/v1" + request.path, host: "api.example.com", port: nil)
      guard let text = bodies[request.path] else {
        return Answer(status: 404, body: AnswerBody(from: place) { { nil } }, place: place)
      }
      let bytes = Array(text.utf8)
      let body = AnswerBody(from: place) {
        var index = 0
        return {
          defer { index += chunkSize }
          return index < bytes.count ? Array(bytes[index..<min(index + chunkSize, bytes.count)]) : nil
        }
      }
      return Answer(headers: ["content-type": "application/json"], body: body, place: place)
    }
  }
}

/// All runs of one list at once.
func collectRuns(
  _ source: some RunnerSource, of runner: String, batchSize: Int = 1000
) async throws -> (batches: [[RunRecord]], reading: ResourceReading) {
  var batches: [[RunRecord]] = []
  let reading = try await source.fetchRuns(of: runner, batchSize: batchSize) { batches.append($0) }
  return (batches, reading)
}

/// A folder that is gone after the test.
func withFolder<Result>(_ use: (URL) async throws -> Result) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "harvest-\(UUID().uuidString)")
  try FileManager.default.createDirectory(
    at: folder.appending(path: "runs"), withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await use(folder)
}
