import Foundation

/// What `--runner` means, wherever it can be given.
extension [Snapshot.RunnerName] {
  /// Those that are meant: by the vendor's id; else by name; else by a glob over names.
  package func matching(_ wanted: String) -> [Snapshot.RunnerName] {
    let byID = filter { $0.externalID == wanted }
    if !byID.isEmpty { return byID }
    let byName = filter { $0.name == wanted }
    if !byName.isEmpty { return byName }
    return filter { fnmatch(wanted, $0.name, 0) == 0 }
  }
}
