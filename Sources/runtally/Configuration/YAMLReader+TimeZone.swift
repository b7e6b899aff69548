import Reporting
import Store

extension YAMLReader {
  /// An IANA name that this machine's time zone database has.
  func timeZone() throws -> String {
    let name = try text()
    guard TimeZoneDatabase.has(name) else {
      throw wrong("an IANA name such as Europe/Berlin", near: TimeZoneDatabase.near(name))
    }
    return name
  }
}
