import Runs

extension Vendor {
  package static let agentsMesh = Vendor(
    id: "agentsmesh", name: "AgentsMesh", runsMove: true, judge: AgentsMeshJudge.judge)
}

/// AgentsMesh: runners of one's own, on which pods of coding agents run. It names no prices.
extension VendorAPI {
  package static let agentsMesh = VendorAPI(
    vendor: .agentsMesh,
    keys: [
      SourceKey(
        "url", .text, isRequired: true, "The address of the API, with the organisation.",
        example: "https://mesh.example.com/api/v1/ext/orgs/acme"),
      SourceKey(
        "token", .secret, isRequired: true, "An API key with the scope runners:read.", example: "${AGENTSMESH_KEY}"),
    ],
    runFile: "pods/RUNNER_ID.json",
    kept: KeptAnswer(
      lists: ["runners": KeptFields(AgentsMeshNames.runner), "pods": KeptFields(AgentsMeshNames.pod)],
      facts: PageScheme.offsets(limit: 1).facts),
    makeSource: { door, access in
      AgentsMeshSource(
        door: door, key: access.secrets["token"], keyName: access.secrets.origin(of: "token"),
        pageSize: access.pageSize ?? 200, pageLimit: access.pageLimit ?? 10_000, clock: { access.instant })
    },
    makeAccount: { door, access, redactor in AgentsMeshAccount(door: door, access, redactor: redactor) })
}
