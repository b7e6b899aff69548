import Runs

/// Everything that this program knows of one vendor's API: the value that a vendor's folder makes and ``Vendors`` lists.
///
/// Nothing outside that folder asks which vendor a source is of.
package struct VendorAPI: Sendable {
  /// Its names, and how its words are judged.
  package var vendor: Vendor
  /// What a source of this vendor is configured with, beside what every source is.
  package var keys: [SourceKey]
  /// What the vendor documents, or a guard against running wild that a distant API is never slowed by.
  package var rates: RatePolicy
  /// Where `runtally import` finds the runs of a runner, below its folder: `runs/RUNNER_ID.json`; nil without runs.
  package var runFile: String?
  /// What its source reads of an answer; nothing else of it is saved.
  package var kept: KeptAnswer
  /// The address that requests begin with, of the values that a source was configured with.
  package var address: @Sendable (SourceValues) throws(SourceValueError) -> String?
  /// All that no log, error or saved answer may hold.
  package var hidden: @Sendable (SourceSecrets) -> [Secret]
  /// The source as it is asked.
  package var makeSource: @Sendable (AnswerDoor, SourceAccess) -> any RunnerSource
  /// The account as it is asked about this moment, and as something is changed there; nil where it is only harvested.
  package var makeAccount: MakeAccount?

  /// The redactor knows the secrets of every source.
  package typealias MakeAccount = @Sendable (AnswerDoor, SourceAccess, Redactor) -> any RunnerAccount

  package init(
    vendor: Vendor, keys: [SourceKey], rates: RatePolicy = .unlimited, runFile: String?, kept: KeptAnswer,
    address: @escaping @Sendable (SourceValues) throws(SourceValueError) -> String? = { (values) in values["url"] },
    hidden: @escaping @Sendable (SourceSecrets) -> [Secret] = { $0.entries.map(\.secret) },
    makeSource: @escaping @Sendable (AnswerDoor, SourceAccess) -> any RunnerSource, makeAccount: MakeAccount? = nil
  ) {
    self.vendor = vendor
    self.keys = keys
    self.rates = rates
    self.runFile = runFile
    self.kept = kept
    self.address = address
    self.hidden = hidden
    self.makeSource = makeSource
    self.makeAccount = makeAccount
  }

  package var id: String { vendor.id }
}

/// A source as its vendor's code asks it: what it was configured with, its secrets, and the visit's instant.
package struct SourceAccess: Sendable {
  package var values: SourceValues
  /// Empty where saved answers are read, which need none.
  package var secrets: SourceSecrets
  /// Elements asked for at once, and pages of one list at most; nil for the vendor's usual ones.
  package var pageSize: Int?
  package var pageLimit: Int?
  /// The visit's: signs of life are old or new by it.
  package var instant: Instant

  package init(
    values: SourceValues = [:], secrets: SourceSecrets = .none, pageSize: Int? = nil, pageLimit: Int? = nil,
    instant: Instant
  ) {
    self.values = values
    self.secrets = secrets
    self.pageSize = pageSize
    self.pageLimit = pageLimit
    self.instant = instant
  }
}

extension RatePolicy {
  /// No vendor documents it: it only keeps a mistake of ours from running wild.
  package static let unlimited = RatePolicy(other: Rate(100, per: .seconds(1)))
}

extension VendorAPI: Equatable {
  package static func == (one: VendorAPI, other: VendorAPI) -> Bool { one.id == other.id }
}
