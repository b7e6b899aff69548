import Foundation
import Harvest
import Policy
import Reporting
import Runs
import Store

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
  /// The line of each of them in the file.
  var priceLines: [Int] = []
  /// What the user calls runners beside their names, in order.
  var labels: [RunnerLabel] = []
  /// What `runtally check` holds the ledger against.
  var policy: Policy?
  /// Who may ask a server, and by which names.
  var serve = ServeConfiguration()
  /// What reports are told of it.
  /// - Parameter now: the clock's, which old data are told by.
  func reportSettings(now: Instant) -> ReportSettings {
    ReportSettings(
      labels: labels, accounts: Dictionary(uniqueKeysWithValues: sources.map { ($0.name, $0.account) }),
      budgets: policy?.monthBudgets ?? [], prices: wantedPrices(), staleness: staleness(now: now))
  }

  /// The same for reports of a ledger, which may be one of the past: there data were as old as they were then, and what
  /// waited is what the ledger had been told.
  func reportSettings(of ledger: Ledger) throws -> ReportSettings {
    guard let past = ledger.past else { return reportSettings(now: try ReportClock.now()) }
    var settings = reportSettings(now: past.asked)
    settings.prices = WantedPrices()
    return settings
  }

  /// Nil where the policy says that nobody asks how old data are.
  func staleness(now: Instant) -> Staleness? {
    let patience = policy.map(\.staleAfter) ?? Policy.usualStaleAfter
    return patience.map { Staleness(now: now, patience: $0) }
  }

  /// Where it was read; nil when there is none and the defaults hold.
  var file: String?

  static let standard = Configuration(
    database: "runtally.sqlite", timeZone: "UTC", currency: nil, sources: [], prices: nil, file: nil)
}

/// One configured account at a vendor.
struct SourceConfiguration: Equatable, Sendable {
  var name: String
  var api: VendorAPI
  /// What only some vendors are configured with, by key; empty where nothing is asked for over a network.
  var values: SourceValues = [:]
  var secrets: [String: SecretReference] = [:]
  var currency: String?
  /// Whom its bills are addressed to, for exports that name an account.
  var account = ReportSettings.Account()
  /// Nil leaves that of the ledger.
  var billing: BillingRule?
  /// What may be changed there from here.
  var allowed: Set<ActionKind> = []
  var client: ClientConfiguration

  init(name: String, api: VendorAPI) {
    self.name = name
    self.api = api
    client = ClientConfiguration(rates: api.rates)
  }
}

/// How a source is asked over the network.
struct ClientConfiguration: Equatable, Sendable {
  var settings: ClientSettings
  /// Elements asked for at once, and pages of one list at most; the vendor's usual ones where nobody says.
  var pageSize: Int?
  var pageLimit: Int?
  /// Nil leaves it to the environment.
  var proxy: ProxyReference?
  /// Certificates to trust instead of the machine's.
  var caFile: String?

  init(rates: RatePolicy) {
    settings = ClientSettings(rates: rates)
  }
}

/// Where a secret is found; it is looked up only when it is needed.
enum SecretReference: Equatable, Sendable {
  /// `${NAME}`: an environment variable.
  case variable(String)
  /// `token_file`: the path of a file that only its owner can read, and the line that names it.
  case file(String, line: String)
}
