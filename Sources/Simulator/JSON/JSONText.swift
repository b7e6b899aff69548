import Runs

/// JSON written by hand into bytes: keys in the documented order and numbers spelled exactly as chosen.
///
/// An encoder decides for itself how `0.0000019` looks and in what order keys come; what a harvester must read is
/// precisely that.
struct JSONText: Sendable {
  private(set) var bytes: [UInt8] = []

  /// Appends text that already is JSON.
  mutating func raw(_ json: String) {
    bytes.append(contentsOf: json.utf8)
  }

  mutating func string(_ text: String?) {
    guard let text else { return raw("null") }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        raw("\\u00")
        hex(byte)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func integer(_ value: Int?) {
    raw(value.map(String.init) ?? "null")
  }

  mutating func id(_ id: NodionID) {
    bytes.append(UInt8(ascii: "\""))
    for index in 0..<16 {
      if index == 4 || index == 6 || index == 8 || index == 10 { bytes.append(UInt8(ascii: "-")) }
      hex(id.byte(index))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// `"2026-01-15T10:01:00.000+01:00"`: the company's wall clock, three fraction digits, the offset of that instant.
  mutating func timestamp(_ instant: Instant?) {
    guard let instant else { return raw("null") }
    let (day, wall, offset) = BerlinTime.split(instant)
    let (year, month, dayOfMonth) = day.civil
    bytes.append(UInt8(ascii: "\""))
    digits(year, 4)
    bytes.append(UInt8(ascii: "-"))
    digits(month, 2)
    bytes.append(UInt8(ascii: "-"))
    digits(dayOfMonth, 2)
    bytes.append(UInt8(ascii: "T"))
    digits(Int(wall / 3_600_000), 2)
    bytes.append(UInt8(ascii: ":"))
    digits(Int(wall / 60_000 % 60), 2)
    bytes.append(UInt8(ascii: ":"))
    digits(Int(wall / 1000 % 60), 2)
    bytes.append(UInt8(ascii: "."))
    digits(Int(wall % 1000), 3)
    bytes.append(UInt8(ascii: "+"))
    digits(Int(offset / BerlinTime.hour), 2)
    raw(":00\"")
  }

  /// Hands out what was written so far and begins anew, so that a long body can leave in chunks.
  mutating func take() -> [UInt8] {
    let taken = bytes
    bytes.removeAll(keepingCapacity: true)
    return taken
  }

  private mutating func digits(_ value: Int, _ width: Int) {
    var divisor = (1..<width).reduce(1) { power, _ in power * 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }

  private mutating func hex(_ byte: UInt8) {
    for digit in [byte >> 4, byte & 15] {
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
