import Reporting

extension YAMLReader {
  /// An ISO 4217 code.
  func currency() throws -> String {
    let code = try text()
    guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
      throw wrong("an ISO 4217 code such as EUR")
    }
    return code
  }
}
