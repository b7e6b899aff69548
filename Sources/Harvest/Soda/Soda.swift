import Runs

extension Vendor {
  /// It has no runs, so whatever it may say of one is unknown.
  package static let soda = Vendor(id: "soda", name: "Soda", judge: { _, _ in Judgement(.unknown) })
}

/// Soda Cloud: runners of data checks. It tells which runners there are and whether they are online.
extension VendorAPI {
  package static let soda = VendorAPI(
    vendor: .soda,
    keys: [
      SourceKey(
        "region", .choice(SodaSource.Region.allCases.map(\.rawValue)),
        "Where the organisation's data lies.", example: "eu"),
      SourceKey("url", .text, "Any other address than that of a region.", example: "https://soda.example.com"),
      SourceKey("key_id", .secret, isRequired: true, "The public half of an API key.", example: "${SODA_KEY_ID}"),
      SourceKey(
        "key_secret", .secret, isRequired: true, "The secret half of the API key.", example: "${SODA_KEY_SECRET}"),
    ],
    // Documented: in 60 seconds 60 requests for lists, 1,000 for single runners, and 10 each to create and to delete.
    rates: RatePolicy(
      routes: [
        "runner": Rate(1000, per: .seconds(60)), "create": Rate(10, per: .seconds(60)),
        "delete": Rate(10, per: .seconds(60)),
      ], other: Rate(60, per: .seconds(60))),
    runFile: nil,
    kept: KeptAnswer(
      lists: ["content": KeptFields(SodaNames.runner, objects: [.versions: KeptFields(SodaNames.version)])],
      facts: PageScheme.numbers(size: 1).facts),
    address: { (values) throws(SourceValueError) in
      guard let word = values["region"] else { return values["url"].map(SodaSource.base(url:)) }
      guard values["url"] == nil else { throw SourceValueError(key: "region", expected: "a region or a url, not both") }
      guard let region = SodaSource.Region(rawValue: word) else {
        throw SourceValueError(key: "region", expected: "the region eu or us; name any other address with url")
      }
      return region.base
    },
    hidden: { SodaKey($0)?.secrets ?? $0.entries.map(\.secret) },
    makeSource: { door, access in
      SodaSource(
        door: door, key: SodaKey(access.secrets), keyName: access.secrets.origin(of: "key_secret"),
        pageSize: access.pageSize ?? 1000,
        pageLimit: access.pageLimit ?? 1000, clock: { access.instant })
    },
    makeAccount: { door, access, redactor in
      SodaAccount(door: door, key: SodaKey(access.secrets), access, redactor: redactor)
    })
}

extension SodaKey {
  /// Nil unless both halves are there.
  fileprivate init?(_ secrets: SourceSecrets) {
    guard let id = secrets["key_id"], let secret = secrets["key_secret"] else { return nil }
    self.init(id: id, secret: secret)
  }
}
