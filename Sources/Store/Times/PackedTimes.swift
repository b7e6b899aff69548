/// Sorted times in few bytes: each as its difference to the one before, seven bits a byte.
///
/// The sorted times of a busy runner's day lie milliseconds apart, so that most of them take a single byte. Those of ten
/// million runs take less memory than one more column of an index would.
enum PackedTimes {
  /// - Parameter sorted: ascending, none below 0.
  static func pack(_ sorted: [Int64]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(sorted.count * 2)
    var last: Int64 = 0
    for time in sorted {
      var rest = UInt64(bitPattern: time &- last)
      while rest > 0x7F {
        bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(truncatingIfNeeded: rest))
      last = time
    }
    return bytes
  }

  /// Hands over the times in ascending order.
  ///
  /// - Returns: false when the bytes are no packed times; what was handed over until then means nothing.
  @inline(__always)
  static func unpack(_ bytes: UnsafeRawBufferPointer, _ body: (Int64) -> Void) -> Bool {
    var last: UInt64 = 0
    var index = 0
    let count = bytes.count
    while index < count {
      let byte = bytes[index]
      index &+= 1
      var difference = UInt64(byte & 0x7F)
      if byte > 0x7F {
        var shift: UInt64 = 7
        while true {
          guard index < count, shift < 63 else { return false }
          let next = bytes[index]
          index &+= 1
          difference |= UInt64(next & 0x7F) &<< shift
          shift &+= 7
          if next <= 0x7F { break }
        }
      }
      last &+= difference
      // Nothing that was packed overflows: such bytes are no packed times.
      guard last <= UInt64(Int64.max) else { return false }
      body(Int64(bitPattern: last))
    }
    return true
  }

  /// Nil when the bytes are no packed times.
  static func unpacked(_ bytes: UnsafeRawBufferPointer) -> [Int64]? {
    var times: [Int64] = []
    times.reserveCapacity(bytes.count)
    return unpack(bytes) { times.append($0) } ? times : nil
  }
}
