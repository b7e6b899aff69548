import Foundation

/// Which file it is, by whatever name, link or mount it is reached.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64
  /// How many names the file has.
  package let names: Int
  package let isRegular: Bool
  /// It belongs to whoever runs this process.
  package let isOwn: Bool
  package let size: Int64
  /// When its content last changed, in nanoseconds since 1970.
  package let changedAt: Int64

  /// Nil where there is no file.
  package init?(of path: String) {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    self.init(found)
  }

  package init?(of descriptor: CInt) {
    var found = stat()
    guard fstat(descriptor, &found) == 0 else { return nil }
    self.init(found)
  }

  private init(_ found: stat) {
    device = UInt64(found.st_dev)
    inode = UInt64(found.st_ino)
    names = Int(found.st_nlink)
    isRegular = found.st_mode & S_IFMT == S_IFREG
    isOwn = found.st_uid == geteuid()
    size = Int64(found.st_size)
    changedAt = Int64(found.st_mtim.tv_sec) * 1_000_000_000 + Int64(found.st_mtim.tv_nsec)
  }

  package static func == (one: FileIdentity, other: FileIdentity) -> Bool {
    one.device == other.device && one.inode == other.inode
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(device)
    hasher.combine(inode)
  }
}
