import Export
import Harvest
import Policy
import Reporting
import Runs
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

extension RunSearchError: Failure {
  var status: ExitStatus { .wrongUsage }
}

extension UnknownPriceSource: Failure {
  var status: ExitStatus { .wrongUsage }
}

extension InstantError: Failure {
  var status: ExitStatus { .wrongUsage }
}

extension LedgerError: Failure {
  var status: ExitStatus {
    switch self {
    case .unknownTimeZone: .wrongUsage
    case .locked: .tryLater
    default: .failed
    }
  }
}

// What was asked could be done, and was not.

extension ClosingError: Failure {
  var status: ExitStatus { .failed }
}

extension OwnSQLError: Failure {
  var status: ExitStatus { .failed }
}

extension HarvestError: Failure {
  var status: ExitStatus { .failed }
}

extension ArchiveError: Failure {
  var status: ExitStatus { .failed }
}

extension SimulatorError: Failure {
  var status: ExitStatus { .failed }
}

extension SimulatorFaultError: Failure {
  var status: ExitStatus { .failed }
}

extension BackupError: Failure {
  var status: ExitStatus { .failed }
}

extension DemoError: Failure {
  var status: ExitStatus { .failed }
}

extension PriceError: Failure {
  var status: ExitStatus { .failed }
}

extension PriceTableError: Failure {
  var status: ExitStatus { .failed }
}

extension DecimalError: Failure {
  var status: ExitStatus { .failed }
}
