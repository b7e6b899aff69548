import Runs
import Store

/// A label that the user gives to runners, such as the cost centre that pays for them.
///
/// Labels are read when a report is made and never written: another list tells the past anew, and moves no cost.
package struct RunnerLabel: Equatable, Sendable {
  package var source: String
  /// An id, a name or a glob.
  package var runner: String
  package var key: String
  package var value: String

  package init(source: String, runner: String, key: String, value: String) {
    self.source = source
    self.runner = runner
    self.key = key
    self.value = value
  }
}

extension [RunnerLabel] {
  /// What a group is asked for by: `label:cost_center` means the key `cost_center`.
  static let prefix = "label:"

  /// The value of a label for each runner that has it; of two that match, the last one counts.
  func values(of key: String, for names: [Snapshot.RunnerName]) -> [Int64: String] {
    var values: [Int64: String] = [:]
    for label in self where label.key == key {
      for name in names.filter({ $0.source == label.source }).matching(label.runner) {
        values[name.runner] = label.value
      }
    }
    return values
  }

  /// The keys there are, each once.
  var keys: [String] { Set(map(\.key)).sorted() }
}
