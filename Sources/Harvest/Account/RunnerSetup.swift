import Runs

/// How a runner is set up, as far as somebody says: what is not named stays as it is, or is the vendor's own default.
package struct RunnerSetup: Hashable, Sendable {
  /// What can be set: its name as a key of a file, and with `-` for `_` as an option of a command.
  package enum Field: String, CaseIterable, Sendable {
    case name
    case image
    case tag
    case command
    case entrypoint
    /// Seconds.
    case timeout
    /// By the vendor's id.
    case region
    /// By the vendor's id.
    case instanceType = "instance_type"
    /// By the vendor's id.
    case registry
  }

  package enum Setting: Hashable, Sendable {
    case text(String)
    case integer(Int64)
    /// Nothing is to be there.
    case none
  }

  private var settings: [Field: Setting] = [:]

  package init() {}

  package subscript(field: Field) -> Setting? {
    get { settings[field] }
    set { settings[field] = newValue }
  }

  /// Those that are named, in their order.
  package var fields: [Field] { Field.allCases.filter { settings[$0] != nil } }

  package var isEmpty: Bool { settings.isEmpty }

  /// What of this differs from how a runner is set up now.
  package func changes(from present: RunnerSetup) -> RunnerSetup {
    var changes = RunnerSetup()
    for field in fields where present[field] != self[field] { changes[field] = self[field] }
    return changes
  }
}

extension RunnerSetup.Setting: CustomStringConvertible {
  package var description: String {
    switch self {
    case .text(let text): text
    case .integer(let integer): "\(integer)"
    case .none: "–"
    }
  }
}
