/// Why a policy cannot be held against a ledger.
package enum PolicyError: Error, Equatable, CustomStringConvertible {
  /// A rule is for a label that no runner has.
  case unknownLabel(String, rule: String, known: [String])

  package var description: String {
    switch self {
    case .unknownLabel(let key, let rule, let known):
      "the rule \"\(rule)\" is for the label \(key), which stands nowhere under `labels:`; "
        + (known.isEmpty ? "there is none" : "there is \(known.joined(separator: ", "))")
    }
  }
}
