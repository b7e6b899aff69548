/// Walks over the fields of one JSON object, or the elements of one list, in borrowed bytes.
enum JSONObject {
  static func visit(
    _ bytes: UnsafeBufferPointer<UInt8>, _ visit: (JSONField) throws(JSONProblem) -> Void
  ) throws(JSONProblem) {
    var cursor = Cursor(bytes: bytes)
    guard cursor.skip(UInt8(ascii: "{")) else { throw JSONProblem(reason: "is not an object") }
    if !cursor.skip(UInt8(ascii: "}")) {
      repeat {
        guard let key = cursor.value(), key.first == UInt8(ascii: "\""), cursor.skip(UInt8(ascii: ":")),
          let value = cursor.value()
        else { throw JSONProblem(reason: "is broken JSON") }
        let name = JSONKey(UnsafeBufferPointer(rebasing: key.dropFirst().dropLast()))
        if let unescaped = name.unescaped {
          try unescaped.withUnsafeBufferPointer { (bytes) throws(JSONProblem) in
            try visit(JSONField(key: JSONKey(bytes), bytes: value))
          }
        } else {
          try visit(JSONField(key: name, bytes: value))
        }
      } while cursor.skip(UInt8(ascii: ","))
      guard cursor.skip(UInt8(ascii: "}")) else { throw JSONProblem(reason: "is broken JSON") }
    }
    guard cursor.isAtEnd else { throw JSONProblem(reason: "is broken JSON") }
  }

  static func visitList(
    _ bytes: UnsafeBufferPointer<UInt8>, _ visit: (UnsafeBufferPointer<UInt8>) throws(JSONProblem) -> Void
  ) throws(JSONProblem) {
    var cursor = Cursor(bytes: bytes)
    guard cursor.skip(UInt8(ascii: "[")) else { throw JSONProblem(reason: "is not a list") }
    if !cursor.skip(UInt8(ascii: "]")) {
      repeat {
        guard let value = cursor.value() else { throw JSONProblem(reason: "is broken JSON") }
        try visit(value)
      } while cursor.skip(UInt8(ascii: ","))
      guard cursor.skip(UInt8(ascii: "]")) else { throw JSONProblem(reason: "is broken JSON") }
    }
    guard cursor.isAtEnd else { throw JSONProblem(reason: "is broken JSON") }
  }

  private struct Cursor {
    let bytes: UnsafeBufferPointer<UInt8>
    var index = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
      self.bytes = bytes
      skipSpace()
    }

    var isAtEnd: Bool { index == bytes.count }

    mutating func skip(_ byte: UInt8) -> Bool {
      guard index < bytes.count, bytes[index] == byte else { return false }
      index += 1
      skipSpace()
      return true
    }

    /// The bytes of the value here, quotes and brackets included.
    mutating func value() -> UnsafeBufferPointer<UInt8>? {
      var scan = ValueScan()
      guard index < bytes.count, scan.begin(bytes[index]), case .ended(let end) = scan.advance(bytes, from: index)
      else { return nil }
      defer {
        index = end
        skipSpace()
      }
      return UnsafeBufferPointer(rebasing: bytes[index..<end])
    }

    private mutating func skipSpace() {
      while index < bytes.count, JSONBytes.isSpace(bytes[index]) { index += 1 }
    }
  }
}
