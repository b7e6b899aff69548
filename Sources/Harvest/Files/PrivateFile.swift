import Foundation

/// Files and folders that only their owner can read: answers of vendors say more than is anybody's business.
enum PrivateFile {
  /// For a file that is made.
  static let mode: mode_t = 0o600
  /// For a folder that is made.
  static var folder: [FileAttributeKey: Any] { [.posixPermissions: 0o700] }
}
