import ArgumentParser
import Harvest

/// A vendor on the command line is one of those listed.
extension VendorAPI: ExpressibleByArgument {
  package init?(argument: String) {
    guard let api = Vendors.all[argument] else { return nil }
    self = api
  }

  package var defaultValueDescription: String { id }

  package static var allValueStrings: [String] { Vendors.all.ids }

  package static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
