import Foundation
import Testing

/// `docs/vendors.md` leaves out nothing that the vendors' pages name, and names no test that is not there.
@Suite struct VendorPageTests {
  /// What the pages name, by the vendor's section: endpoints as they are written there, and words in code.
  private static let named: [String: [String]] = [
    "Nodion": [
      "GET /runners", "GET /runners/:id", "POST /runners", "PATCH /runners/:id", "DELETE /runners/:id",
      "GET /runners/:runner_id/runs", "POST /runners/:runner_id/runs", "Authorization", "id", "status", "name",
      "image_name", "image_tag", "run_command", "entrypoint", "timeout_seconds", "created_at", "updated_at", "region",
      "slug", "instance_type", "cpu", "mem", "price_month", "price_second", "container_registry", "region_id",
      "instance_type_id", "container_registry_id", "env_variables", "env_key", "env_val", "runs", "run", "runners",
      "runner", "exit_code", "started_at", "completed_at", "pending", "running", "succeeded", "failed",
    ],
    "AgentsMesh": [
      "GET /runners", "GET /runners/:id", "GET /runners/available", "GET /runners/:id/pods", "runners:read", "id",
      "name",
      "status", "version", "os", "arch", "labels", "pod_count", "max_pods", "last_heartbeat_at", "created_at", "limit",
      "offset", "key", "agent_type_id", "initial_prompt", "total",
    ],
    "Soda Cloud": [
      "GET /api/v1/runners", "POST /api/v1/runners", "GET /api/v1/runners/{runnerId}",
      "DELETE /api/v1/runners/{runnerId}", "Basic", "token", "https://cloud.soda.io", "https://cloud.us.soda.io",
      "size", "page", "MANAGE_DATASOURCES_AND_AGENTS", "content", "first", "last", "number", "totalElements",
      "totalPages", "id", "name", "label", "isOnline", "lastSeenTimestamp", "type", "versions.agent",
      "versions.library", "runner", "apiKeyId", "apiKeySecret", "code", "message",
    ],
  ]

  @Test("everything that a page names is in the table of its vendor", arguments: named.keys.sorted())
  func pages(vendor: String) throws {
    let section = try #require(try Document.named("docs/vendors.md").section(vendor))
    let spans = Set(section.spansOfCode)
    let missing = (Self.named[vendor] ?? []).filter { !spans.contains($0) }
    #expect(missing == [])
  }

  @Test("every test that the tables name is there")
  func tests() throws {
    var suites: [String: String] = [:]
    for file in try House.files(in: "Tests", endings: ["swift"]) {
      for match in file.text.matches(of: /struct (\w+Tests)\b/) { suites[String(match.1), default: ""] += file.text }
    }
    let names = try Document.named("docs/vendors.md").spansOfCode.compactMap {
      $0.wholeMatch(of: /(\w+Tests)(?:\.(\w+))?/)
    }
    #expect(names.count > 60)
    for name in names {
      guard let text = suites[String(name.1)] else {
        Issue.record("there is no suite \(name.1)")
        continue
      }
      if let function = name.2 { #expect(text.contains("func \(function)("), "\(name.1) has no \(function)") }
    }
  }
}
