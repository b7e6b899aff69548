import Foundation

/// Who may read a ledger and what is made of it: nobody but its owner, until he says otherwise.
///
/// SQLite gives the files beside a ledger the ledger's own mode.
enum LedgerMode {
  static let ownersOnly: mode_t = 0o600

  /// Makes an empty file for SQLite to fill, whatever the umask.
  ///
  /// - Parameters:
  ///   - path: nothing is there.
  ///   - target: what the file will be in the end, for an error.
  static func prepare(_ path: String, for target: String, mode: mode_t = ownersOnly) throws(LedgerError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .cannotOpen(path: target, reason: String(cString: strerror(errno))) }
    fchmod(descriptor, mode)
    close(descriptor)
  }

  /// The mode of what is there already, such as an empty file that was made for a ledger.
  static func kept(at path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : ownersOnly
  }
}
