import Foundation

/// The hosts that are asked straight: `NO_PROXY`, read as curl reads it.
///
/// `example.com` and `.example.com` name the host and all below it, `10.0.0.0/8` a block of addresses, `*` everything.
package struct NoProxy {
  private let entries: [String]

  package init(_ text: String) {
    entries = text.split { $0 == "," || $0.isWhitespace }.map(String.init)
  }

  package func names(_ host: String) -> Bool {
    if entries == ["*"] { return true }
    let host = host.lowercased().trimmingCharacters(in: ["[", "]", "."])
    if let address = NoProxy.bytes(of: host) {
      return entries.contains { NoProxy.block($0, holds: address) }
    }
    return entries.contains { entry in
      let name = entry.lowercased().trimmingCharacters(in: ["."])
      return host == name || host.hasSuffix("." + name)
    }
  }

  private static func block(_ entry: String, holds address: [UInt8]) -> Bool {
    let parts = entry.split(separator: "/", maxSplits: 1)
    let text = parts.first.map { $0.trimmingCharacters(in: ["[", "]"]) } ?? ""
    guard let start = bytes(of: text), start.count == address.count else { return false }
    let bits = parts.count > 1 ? Int(parts[1]) ?? -1 : start.count * 8
    guard (0...start.count * 8).contains(bits) else { return false }
    return (0..<bits).allSatisfy { bit in
      let (byte, mask): (Int, UInt8) = (bit / 8, 0x80 >> (bit % 8))
      return start[byte] & mask == address[byte] & mask
    }
  }

  /// 4 or 16; nil for what is no address.
  private static func bytes(of host: String) -> [UInt8]? {
    [(AF_INET, 4), (AF_INET6, 16)].lazy.compactMap { family, count in
      var bytes = [UInt8](repeating: 0, count: count)
      return inet_pton(family, host, &bytes) == 1 ? bytes : nil
    }.first
  }
}
