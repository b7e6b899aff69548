import Runs

/// Why nothing was replayed: what was asked, and what is there instead.
package enum WhatIfError: Error, Equatable {
  case nothingSupposed
  case badPrice(text: String, reason: String)
  case unknownInstanceType(String, source: String?, near: [String], known: [String])
  case unpriced(instanceType: String, source: String)
  /// Nil where the prices are for whatever the runners ran on.
  case pricedTwice(instanceType: String?, [Price])
}

extension WhatIfError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .nothingSupposed:
      "nothing is different"
    case .badPrice(let text, let reason):
      "\(text.prefix(80)) cannot be used: \(reason); expected a price of one second, such as "
        + "standard-s=0.0000038, or 0.0000038 alone for all runners that are asked for"
    case .unknownInstanceType(let name, let source, let near, let known):
      (source.map { "the source \"\($0)\" has" } ?? "the sources that are asked for have")
        + " no instance type \"\(name.prefix(80))\"; " + WhatIfError.hint(near, known)
    case .unpriced(let type, let source):
      "the instance type \"\(type)\" of \(source) has no price in the ledger"
    case .pricedTwice(let type, let prices):
      (type.map { "the instance type \"\($0.prefix(80))\" has" } ?? "all runners that are asked for have")
        + " two prices, \(prices.map(\.description).joined(separator: " and "))"
    }
  }

  private static func hint(_ near: [String], _ known: [String]) -> String {
    if !near.isEmpty { return "did you mean " + near.map { "\"\($0)\"" }.joined(separator: " or ") + "?" }
    if known.isEmpty { return "its API names none at all." }
    return "there are: " + known.prefix(8).joined(separator: ", ") + (known.count > 8 ? ", …" : ".")
  }
}
