import Foundation
import Runs

/// Saved visits that are old go, but for what a visit that stays still points to.
extension AnswerArchive {
  /// What the manifest of a visit is called that is gone, and of which others still have answers: nobody replays it.
  private static let prunedName = "pruned.json"

  /// Removes the visits to this source that began longer than `age` before `now`, never this one.
  ///
  /// Only files of ours go; a folder goes when nothing is left in it.
  package func prune(olderThan age: Duration, at now: Instant) throws(ArchiveError) {
    let visits = folder.deletingLastPathComponent()
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: visits.path(percentEncoded: false))
      let folders = names.map { visits.appending(path: $0, directoryHint: .isDirectory) }
        .filter { $0.lastPathComponent != folder.lastPathComponent }
      let limit = now.advanced(byMilliseconds: -age.milliseconds)
      var old: [URL] = []
      var kept = [folder]
      for visit in folders {
        if AnswerArchive.has(AnswerArchive.prunedName, in: visit) {
          old.append(visit)
        } else if let manifest = try? Manifest.read(from: visit) {
          if manifest.startedAt < limit { old.append(visit) } else { kept.append(visit) }
        }
      }
      var wanted: [String: Set<String>] = [:]
      // A line that cannot be read may point anywhere, so nothing goes then.
      for visit in kept {
        for same in try SameAnswer.all(of: visit).values { wanted[same.visit, default: []].insert(same.file) }
      }
      for visit in old { try AnswerArchive.remove(visit, but: wanted[visit.lastPathComponent] ?? []) }
    } catch let error as ArchiveError {
      throw error
    } catch {
      throw .cannotWrite(path: visits.path(percentEncoded: false), reason: SystemReason.of(error))
    }
  }

  private static func remove(_ visit: URL, but wanted: Set<String>) throws {
    let files = FileManager.default
    // First of all it is no visit any more: one that is half gone cannot be made again.
    if has(Manifest.fileName, in: visit) {
      try files.moveItem(at: visit.appending(path: Manifest.fileName), to: visit.appending(path: prunedName))
    }
    let answers = Set(try answers(in: visit))
    for name in answers.subtracting(wanted) { try files.removeItem(at: visit.appending(path: name)) }
    if has(SameAnswer.fileName, in: visit) { try files.removeItem(at: visit.appending(path: SameAnswer.fileName)) }
    guard answers.isDisjoint(with: wanted) else { return }
    try files.removeItem(at: visit.appending(path: prunedName))
    // Where somebody else has put something it stays.
    rmdir(visit.path(percentEncoded: false))
  }

  private static func has(_ name: String, in visit: URL) -> Bool {
    FileManager.default.fileExists(atPath: visit.appending(path: name).path(percentEncoded: false))
  }
}
