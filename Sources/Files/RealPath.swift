import Foundation

/// Where a path leads once every link is followed, also when no file is there yet.
package enum RealPath {
  /// Absolute wherever the folder is there; the path itself where not even that is.
  package static func of(_ path: String) -> String {
    if let real = resolved(path) { return real }
    // A link to nothing leads to where a file would be made. Longer chains than this the system refuses too.
    var path = path
    for _ in 0..<40 {
      guard let target = linkTarget(of: path) else { break }
      path = target.hasPrefix("/") ? target : folder(of: path) + "/" + target
    }
    let name = path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
    guard let folder = resolved(folder(of: path)) else { return path }
    return (folder == "/" ? "" : folder) + "/" + name
  }

  /// The folder that a file is in, as far as its path says: `.` for a bare name.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  private static func linkTarget(of path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &bytes, bytes.count)
    guard count > 0 else { return nil }
    return String(decoding: bytes[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
