import Runs

extension Vendor {
  package static let nodion = Vendor(id: "nodion", name: "Nodion", judge: NodionJudge.judge)
}

/// Nodion: containers that run on a schedule or by hand, with instance types priced by the second.
extension VendorAPI {
  package static let nodion = VendorAPI(
    vendor: .nodion,
    keys: [
      SourceKey(
        "url", .text, isRequired: true, "The address of the API.", example: "https://api.nodion.com/v1"),
      SourceKey("token", .secret, isRequired: true, "A user key or a project key.", example: "${NODION_TOKEN}"),
      SourceKey(
        "project", .text, "For a user key, the project to look at instead of its default one.",
        example: "a1b2c3d4-e5f6-7890-abcd-ef1234567890"),
    ],
    runFile: "runs/RUNNER_ID.json",
    kept: KeptAnswer(lists: ["runners": NodionNames.runner, "runs": NodionNames.run]),
    makeSource: { door, access in
      NodionSource(
        door: door, token: access.secrets["token"], tokenName: access.secrets.origin(of: "token"),
        project: access.values["project"], clock: { access.instant })
    },
    makeAccount: { door, access, redactor in NodionAccount(door: door, access, redactor: redactor) })
}
