import Runs

@testable import Harvest

extension Vendor {
  static let acme = Vendor(id: "acme", name: "Acme Cloud", judge: AcmeJudge.judge)
}

/// A vendor that does not exist: machines that run jobs, priced by the second.
///
/// It is all that `docs/adding-a-vendor.md` asks for, and stands in no list of the program.
extension VendorAPI {
  static let acme = VendorAPI(
    vendor: .acme,
    keys: [
      SourceKey("url", .text, isRequired: true, "The address of the API.", example: "https://api.acme.example/v2"),
      SourceKey("password", .secret, isRequired: true, "The account's password.", example: "${ACME_PASSWORD}"),
      SourceKey("team", .text, "Only this team's machines.", example: "blue"),
    ],
    rates: RatePolicy(other: Rate(50, per: .seconds(1))),
    runFile: "jobs/RUNNER_ID.json",
    kept: KeptAnswer(lists: [
      "machines": KeptFields(values: ["id", "label", "price"]),
      "jobs": KeptFields(values: ["id", "state", "code", "began", "ended"]),
    ]),
    makeSource: { door, access in
      AcmeSource(door: door, password: access.secrets["password"], team: access.values["team"])
    })
}

/// A job that was stopped for running out of memory is an error of the machine, and says so only by its code.
enum AcmeJudge {
  static func judge(_ run: RunRecord, timeoutSeconds: Int64?) -> Judgement {
    switch run.status {
    case "busy": Judgement(.running)
    case "good": Judgement(.success)
    case "bad" where run.exitCode == 99: Judgement(.error, isInferred: true, because: OutOfMemory())
    case "bad": Judgement(.failure)
    default: Judgement(.unknown)
    }
  }

  struct OutOfMemory: JudgementReason {
    var words: String { "bad with code 99, which is out of memory" }
  }
}
