import Foundation
import Runs
import Testing

/// Triggering runs and following them.
@Suite struct TriggerTests {
  struct Single: Decodable { var run: RunAnswer }

  @Test("a triggered run is pending as documented")
  func pending() async throws {
    try await withSimulator(at: "2026-01-15T12:00:00+01:00") { server, _ async throws in
      let body = """
        {"env_variables": [
          { "env_key": "BACKUP_TARGET", "env_val": "s3://my-bucket/backups" },
          { "env_key": "VERBOSE", "env_val": "true" }
        ]}
        """
      let answer = try await server.ask("/runners/\(databaseBackup)/runs", "POST", body: body)
      #expect(answer.status == 200)
      let run = try decode(Single.self, answer.body).run
      #expect(
        answer.body == """
          {"run":{"id":"\(run.id)","status":"pending","exit_code":null,"started_at":null,"completed_at":null,\
          "created_at":"2026-01-15T12:00:00.000+01:00","updated_at":"2026-01-15T12:00:00.000+01:00"}}
          """)
    }
  }

  @Test("triggered runs wait, run and end on the simulator's clock, each within its runner's timeout")
  func lifecycle() async throws {
    try await withSimulator(at: "2026-01-15T12:00:00+01:00") { server, clock async throws in
      var ids: [String] = []
      for _ in 0..<40 {
        let answer = try await server.ask("/runners/\(databaseBackup)/runs", "POST")
        ids.append(try decode(Single.self, answer.body).run.id)
      }
      #expect(Set(ids).count == 40)
      var seen = Set<String>()
      for _ in 0..<80 {
        for id in ids {
          let run = try decode(Single.self, await server.ask("/runners/\(databaseBackup)/runs/\(id)").body).run
          seen.insert("\(id) \(run.status)")
          try expectConsistent(run, at: clock.now)
        }
        clock.advance(byMilliseconds: 5000)
      }
      clock.advance(byMilliseconds: 3_600_000)
      let ended = try await server.runs(of: databaseBackup).filter { ids.contains($0.id) }
      #expect(ended.count == 40)
      #expect(ended.allSatisfy { $0.status == "succeeded" || $0.status == "failed" })
      for run in ended where run.startedAt != nil {
        #expect(seen.contains("\(run.id) pending") && seen.contains("\(run.id) running"))
        let runtime = try #require(try run.completed).milliseconds - #require(try run.started).milliseconds
        #expect(runtime < 3_601_000)
      }
    }
  }

  @Test("a triggered run stands among the others in the order of creation")
  func order() async throws {
    try await withSimulator(at: "2026-01-15T12:00:00+01:00") { server, clock async throws in
      let answer = try await server.ask("/runners/\(databaseBackup)/runs", "POST", body: "{}")
      let id = try decode(Single.self, answer.body).run.id
      clock.set(to: try instant("2026-01-17T12:00:00+01:00"))
      let runs = try await server.runs(of: databaseBackup)
      #expect(runs.map(\.createdAt) == runs.map(\.createdAt).sorted(by: >))
      #expect(runs.firstIndex { $0.id == id } == 2)
      #expect(runs.count == 5)
    }
  }

  @Test(
    "environment variables need a key and a value each",
    arguments: [
      (#"{"env_variables":{}}"#, "Env variables must be an array"),
      (
        #"{"env_variables":[{"env_key":"A","env_val":"1"},{"env_key":"B"}]}"#,
        "Env variables item 2 must have a text env_key and a text env_val"
      ),
      (#"{"env_variables":[{"env_val":"B"}]}"#, "Env variables item 1 must have a text env_key and a text env_val"),
      (
        #"{"env_variables":[{"env_key":"","env_val":"B"}]}"#,
        "Env variables item 1 must have a text env_key and a text env_val"
      ),
      (#"{"env_variables":["A=1"]}"#, "Env variables item 1 must have a text env_key and a text env_val"),
    ])
  func environment(body: String, error: String) async throws {
    try await withSimulator(at: "2026-01-15T12:00:00+01:00") { server, _ async throws in
      let answer = try await server.ask("/runners/\(databaseBackup)/runs", "POST", body: body)
      #expect(answer == Answer(status: 400, body: #"{"errors":[""# + error + #""]}"#))
      #expect(try await server.runs(of: databaseBackup).count == 2)
    }
  }
}

/// Holds a run against the instant at which it was shown.
func expectConsistent(_ run: RunAnswer, at now: Instant) throws {
  let (created, started, completed) = (try run.created, try run.started, try run.completed)
  let updated = try Instant(rfc3339: run.updatedAt)
  #expect(created <= now && updated <= now && updated >= created, "\(run)")
  if let started { #expect(started >= created && started <= now, "\(run)") }
  if let completed { #expect(completed >= started ?? created && completed <= now, "\(run)") }
  switch run.status {
  case "pending":
    #expect(started == nil && completed == nil && run.exitCode == nil && updated == created, "\(run)")
  case "running":
    #expect(started == updated && completed == nil && run.exitCode == nil, "\(run)")
  case "succeeded":
    #expect(started != nil && completed == updated && run.exitCode == 0, "\(run)")
  case "failed":
    #expect(run.exitCode != 0 && (completed == updated || started == nil), "\(run)")
  default:
    Issue.record("a status that is not documented: \(run)")
  }
}
