import Harvest
import Runs

extension RunnerSetup {
  /// What a runner executes may hold a key, so no error repeats it.
  var secrets: [Secret] {
    [Field.command, .entrypoint].compactMap { field in
      if case .text(let text) = self[field] { Secret(text) } else { nil }
    }
  }
}
