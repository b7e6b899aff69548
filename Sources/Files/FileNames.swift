import Foundation

/// Whether a file is reached by several names: by hard links, or as one file that is mounted into another folder.
package enum FileNames {
  package static func areSeveral(_ path: String) -> Bool {
    guard let file = FileIdentity(of: path) else { return false }
    return file.names > 1 || isMounted(RealPath.of(path))
  }

  /// Whether the file itself is a place where something is mounted, as containers do it; its folder does not count.
  private static func isMounted(_ path: String) -> Bool {
    // proc(5): the fifth field is the place, with octal numbers for what would end it.
    guard let table = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8) else { return false }
    return table.split(separator: "\n").contains { line in
      line.split(separator: " ").dropFirst(4).first.map(unescaped) == path
    }
  }

  private static func unescaped(_ text: Substring) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")].reduce(String(text)) {
      $0.replacing($1.0, with: $1.1)
    }
  }
}
