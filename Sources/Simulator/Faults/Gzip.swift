/// Bytes in the gzip format (RFC 1952), stored rather than made smaller.
///
/// A client must unpack them in the same way, and no library is needed to write them.
enum Gzip {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }

  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    var start = 0
    repeat {
      let end = min(start + 65_535, bytes.count)
      packed.append(end == bytes.count ? 1 : 0)
      let length = UInt16(end - start)
      packed += little(UInt32(length)).prefix(2)
      packed += little(UInt32(~length)).prefix(2)
      packed += bytes[start..<end]
      start = end
    } while start < bytes.count
    let sum = bytes.reduce(UInt32.max) { sum, byte in
      let index = UInt8(truncatingIfNeeded: sum) ^ byte
      return table[Int(index)] ^ (sum >> 8)
    }
    return packed + little(~sum) + little(UInt32(truncatingIfNeeded: bytes.count))
  }

  private static func little(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}
