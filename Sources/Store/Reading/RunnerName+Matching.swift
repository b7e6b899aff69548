import Runs

/// What `--runner` means, wherever it can be given.
extension [Snapshot.RunnerName] {
  /// Those that are meant: by the vendor's id; else by name; else by a glob over names.
  package func matching(_ wanted: String) -> [Snapshot.RunnerName] {
    let byID = filter { $0.externalID.isExactly(wanted) }
    if !byID.isEmpty { return byID }
    let byName = filter { $0.name.isExactly(wanted) }
    if !byName.isEmpty { return byName }
    let glob = Glob(wanted)
    return filter { glob.matches($0.name) }
  }
}
