import Files
import Foundation
import Runs

/// What can be wrong with a ledger: what failed, and on what.
package enum LedgerError: Error, Equatable {
  case missing(path: String)
  case exists(path: String)
  case notALedger(path: String)
  case damaged(path: String, reason: String)
  case newer(path: String, version: Int, known: Int)
  case older(path: String, version: Int, known: Int)
  /// A version before the first release made it.
  case unreleased(path: String)
  case unfinished(path: String)
  case cannotOpen(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  case locked(path: String, holder: String)
  /// Somebody reads a ledger that is to become one in write-ahead mode, or no longer to be one.
  case keptOut(path: String)
  /// What has the name of the lock file is none.
  case foreignLock(path: String)
  /// It was read without a lock, and somebody wrote it meanwhile.
  case changedWhileRead(path: String)
  case database(action: String, reason: String)
  /// Something stands in it that nobody writes.
  case inconsistent(String)
  case unknownTimeZone(name: String, near: [String])
  case vendorChanged(source: String, was: String, now: String)
  case currencyChanged(source: String, was: String, now: String)
  case zoneChanged(path: String, was: String, now: String)
  case olderThanLedger(source: String, read: Instant, ledger: Instant)
  /// The runners of a source that nobody read before are those of one that is configured no more.
  case renamed(source: String, was: String, runners: Int)
}

extension LedgerError {
  /// Whether it is about one source, and the others can be visited all the same.
  package var isAboutOneSource: Bool {
    switch self {
    case .vendorChanged, .currencyChanged, .olderThanLedger, .renamed: true
    default: false
    }
  }
}

extension LedgerError {
  /// What the system said when a file was to be made at `path`.
  static func refused(_ refusal: PartFile.Refusal, path: String) -> LedgerError {
    switch refusal.code {
    case ENOENT, ENOTDIR: .cannotOpen(path: path, reason: "its folder is not there")
    case let code: .cannotWrite(path: path, reason: String(cString: strerror(code)))
    }
  }
}

extension LedgerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path):
      "there is no ledger at \(path)"
    case .exists(let path):
      "there is already a ledger at \(path)"
    case .notALedger(let path):
      "\(path) is not a Runtally ledger, and was left untouched"
    case .damaged(let path, let reason):
      "\(path) is damaged (\(reason))"
    case .newer(let path, let version, let known):
      "\(path) was written by a newer Runtally (schema \(version), this one knows \(known))"
    case .older(let path, let version, let known):
      "\(path) has schema \(version), this Runtally reads \(known)"
    case .unreleased(let path):
      "\(path) was made before the first release, and its schema is another one"
    case .unfinished(let path):
      "\(path) holds a harvest that was interrupted, and it or its folder cannot be written"
    case .cannotOpen(let path, let reason):
      "\(path) cannot be opened (\(reason))"
    case .cannotWrite(let path, let reason):
      "\(path) cannot be written (\(reason)); what was saved before is kept"
    case .locked(let path, let holder):
      "\(path) is being written by \(holder)"
    case .keptOut(let path):
      "\(path) cannot change how it is written while another program reads it"
    case .foreignLock(let path):
      "\(path) is a link, or no lock file of Runtally, and was left untouched"
    case .changedWhileRead(let path):
      "\(path) was written while it was read, so what was read may be wrong"
    case .database(let action, let reason):
      "\(action): \(reason)"
    case .inconsistent(let what): what
    case .unknownTimeZone(let name, let near):
      "\"\(name)\" is not a time zone; expected an IANA name such as Europe/Berlin"
        + (near.isEmpty ? "" : ". Near it: " + near.joined(separator: ", "))
    case .vendorChanged(let source, let was, let now):
      "the ledger knows the source \(source) as \(was), the configuration says \(now)"
    case .currencyChanged(let source, let was, let now):
      "the ledger has prices of \(source) in \(was), the configuration says \(now); two currencies are never mixed"
    case .zoneChanged(let path, let was, let now):
      "\(path) counts days and months in \(was), the configuration says \(now)"
    case .olderThanLedger(let source, let read, let ledger):
      "these answers of \(source) are from \(read), the ledger already read it at \(ledger)"
    case .renamed(let source, let was, let runners):
      "\(source) has the same runners as \(was), which the ledger knows (\(runners.counted("runner")))"
    }
  }
}
