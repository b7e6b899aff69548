import Export
import Harvest
import Policy
import Reporting
import Runs
import Serve
import Simulator
import Store

// The question was wrong, and not the ledger or the machine.

extension YAMLMistake: Failure {
  var status: ExitStatus { .wrongUsage }
}

extension ConfigurationError: Failure {
  var status: ExitStatus { .wrongUsage }
}

extension PolicyError: Failure {
  var status: ExitStatus { .wrongUsage }
}

extension PolicyFileError: Failure {
  var status: ExitStatus { .wrongUsage }
}

extension SourceValueError: Failure {
  var status: ExitStatus { .wrongUsage }
}

extension ReplayError: Failure {
  var status: ExitStatus { .wrongUsage }
}

extension UnknownPriceSource: Failure {
  var status: ExitStatus { .wrongUsage }
}

extension InstantError: Failure {
  var status: ExitStatus { .wrongUsage }
}

// What was asked could be done, and was not.

extension HarvestError: Failure {}

extension ArchiveError: Failure {}

extension SimulatorError: Failure {}

extension Listener.Refusal: Failure {
  var status: ExitStatus { if case .noAddress = self { .wrongUsage } else { .failed } }
}

extension SimulatorFaultError: Failure {}

extension BackupError: Failure {}

extension DemoError: Failure {}

extension PriceError: Failure {}

extension PriceTableError: Failure {}

extension DecimalError: Failure {}
