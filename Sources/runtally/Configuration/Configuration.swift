import Foundation
import Harvest
import Policy
import Reporting
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
  /// What the user prices, in order; nil without a configuration, which says nothing of those in a ledger.
  var prices: [ConfiguredPrice]?
  /// What the user calls runners beside their names, in order.
  var labels: [RunnerLabel] = []
  /// What `runtally check` holds the ledger against.
  var policy: Policy?
  /// What reports are told of it.
  var reportSettings: ReportSettings {
    ReportSettings(
      labels: labels, accounts: Dictionary(uniqueKeysWithValues: sources.map { ($0.name, $0.account) }),
      budgets: policy?.monthBudgets ?? [])
  }

  /// Where it was read; nil when there is none and the defaults hold.
  var file: String?

  static let standard = Configuration(
    database: "runtally.sqlite", timeZone: "UTC", currency: nil, sources: [], prices: nil, file: nil)
}

/// One configured account at a vendor.
struct SourceConfiguration: Equatable, Sendable {
  var name: String
  var vendor: Vendor
  /// Nil where nothing is asked for over a network, and for a Soda region.
  var url: String?
  /// Nodion and AgentsMesh.
  var token: SecretReference?
  /// Soda: the two halves of its key.
  var keyID: SecretReference?
  var keySecret: SecretReference?
  /// Nodion: which project of a user key.
  var project: String?
  var currency: String?
  /// Whom its bills are addressed to, for exports that name an account.
  var account = ReportSettings.Account()
  /// Nil leaves that of the ledger.
  var billing: BillingRule?
  var client: ClientConfiguration

  init(name: String, vendor: Vendor) {
    self.name = name
    self.vendor = vendor
    client = ClientConfiguration(vendor: vendor)
  }
}

/// How a source is asked over the network.
struct ClientConfiguration: Equatable, Sendable {
  var settings: ClientSettings
  /// Elements asked for at once, and pages of one list at most; the vendor's usual ones where nobody says.
  var pageSize: Int?
  var pageLimit: Int?

  init(vendor: Vendor) {
    settings = ClientSettings(vendor: vendor)
  }
}

/// Where a secret is found; it is looked up only when it is needed.
enum SecretReference: Equatable, Sendable {
  /// `${NAME}`: an environment variable.
  case variable(String)
  /// `token_file`: the path of a file that only its owner can read.
  case file(String)
}
