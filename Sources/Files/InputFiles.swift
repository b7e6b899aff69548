import Synchronization

/// The files that this process reads. What it writes takes the place of none of them, whatever they are called.
package enum InputFiles {
  /// By where their paths lead.
  private static let known = Mutex<[String: String]>([:])

  /// - Parameter what: what it is read as, such as `the ledger`.
  package static func note(_ path: String, as what: String) {
    let real = RealPath.of(path)
    known.withLock { $0[real] = what }
  }

  /// What is read at a path; nil when nothing is.
  package static func meaning(of path: String) -> String? {
    let real = RealPath.of(path)
    let known = known.withLock { $0 }
    if let what = known[real] { return what }
    // Two names may be one file.
    guard let file = FileIdentity(of: real) else { return nil }
    return known.first { FileIdentity(of: $0.key) == file }?.value
  }
}
