import Runs

/// The vendors that a program knows. ``all`` is the one list of them.
package struct Vendors: Sendable {
  package static let all = Vendors([.nodion, .agentsMesh, .soda])

  package let apis: [VendorAPI]

  package init(_ apis: [VendorAPI]) {
    self.apis = apis
  }

  /// The one that the configuration and the ledger call so.
  package subscript(id: String) -> VendorAPI? { apis.first { $0.id == id } }

  /// In the configuration and the ledger.
  package var ids: [String] { apis.map(\.id) }

  /// As the ledger knows them.
  package var vendors: [Vendor] { apis.map(\.vendor) }
}
