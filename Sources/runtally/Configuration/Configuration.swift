import Foundation
import Runs

/// What `runtally.yaml` says.
struct Configuration: Equatable, Sendable {
  /// The ledger; a relative path starts at the configuration file.
  var database: String
  /// IANA name of the zone whose days and months reports speak of.
  var timeZone: String
  /// ISO 4217; for the sources that name none of their own.
  var currency: String?
  var sources: [SourceConfiguration]
  /// Where it was read; nil when there is none and the defaults hold.
  var file: String?

  static let standard = Configuration(
    database: "runtally.sqlite", timeZone: "UTC", currency: nil, sources: [], file: nil)
}

/// One configured account at a vendor.
struct SourceConfiguration: Equatable, Sendable {
  var name: String
  var vendor: Vendor
  var url: String?
  var token: SecretReference?
  /// Nodion: which project of a user key.
  var project: String?
  var currency: String?
  var billing: BillingRule
}

/// Where a secret is found; it is looked up only when it is needed.
enum SecretReference: Equatable, Sendable {
  /// `${NAME}`: an environment variable.
  case variable(String)
  /// `token_file`: the path of a file that only its owner can read.
  case file(String)
}
