import Foundation
import Runs

/// The name of a backup with the place of its instant: `backups/runtally-{date}.sqlite`.
struct BackupName: Equatable {
  enum Unfit: Error, CustomStringConvertible {
    case none(String)
    case several(String)
    case folder(String)

    var description: String {
      switch self {
      case .none(let text):
        "--rotate keeps the newest files of a pattern, and \(text) is one name; put {date} or {time} in it, as in "
          + "runtally-{date}.sqlite"
      case .several(let text): "\(text) has more than one {date} or {time}; leave one"
      case .folder(let text): "{date} and {time} belong in the name of the file, and \(text) has one in its folder"
      }
    }
  }

  enum Word: String, CaseIterable {
    /// 2026-01-31, in UTC.
    case date = "{date}"
    /// 2026-01-31T05-00-00Z
    case time = "{time}"

    func text(of instant: Instant) -> String {
      let text = instant.rfc3339
      return switch self {
      case .date: String(text.prefix(10))
      case .time: text.prefix(19).replacing(":", with: "-") + "Z"
      }
    }

    func isText(_ text: Substring) -> Bool {
      switch self {
      case .date: text.wholeMatch(of: #/[0-9]{4}-[0-9]{2}-[0-9]{2}/#) != nil
      case .time: text.wholeMatch(of: #/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}-[0-9]{2}-[0-9]{2}Z/#) != nil
      }
    }
  }

  /// With a slash at its end, or empty.
  let folder: String
  private let start: String
  private let end: String
  /// Nil for a plain name.
  let word: Word?

  init(_ text: String) throws(Unfit) {
    let cut = text.lastIndex(of: "/").map { text.index(after: $0) } ?? text.startIndex
    let folder = String(text[..<cut])
    self.folder = folder
    let name = text[cut...]
    guard !Word.allCases.contains(where: { folder.contains($0.rawValue) }) else { throw .folder(text) }
    let found = Word.allCases.flatMap { word in name.ranges(of: word.rawValue).map { (word, $0) } }
    guard found.count <= 1 else { throw .several(text) }
    word = found.first?.0
    start = String(found.first.map { name[..<$0.1.lowerBound] } ?? name)
    end = String(found.first.map { name[$0.1.upperBound...] } ?? "")
  }

  func path(at instant: Instant) -> String { folder + start + (word?.text(of: instant) ?? "") + end }

  /// The instant in a name of this pattern, as its text, which sorts by time; nil for any other name.
  func instant(in name: String) -> String? {
    guard let word, name.count > start.count + end.count, name.hasPrefix(start), name.hasSuffix(end) else { return nil }
    let text = name.dropFirst(start.count).dropLast(end.count)
    return word.isText(text) ? String(text) : nil
  }
}
