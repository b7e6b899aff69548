/// An id of any length as 128 bits, to know it again.
///
/// Lists of millions of rows are held against each other by it, and texts would take several times that. Ids that differ
/// in one byte differ here, however alike they look. The numbers are others in each process.
struct RowKey: Hashable, Sendable {
  private let first: Int
  private let second: Int

  init(_ id: String) {
    var id = id
    (first, second) = id.withUTF8 { bytes in
      (RowKey.number(of: UnsafeRawBufferPointer(bytes), 1), RowKey.number(of: UnsafeRawBufferPointer(bytes), 2))
    }
  }

  private static func number(of bytes: UnsafeRawBufferPointer, _ salt: Int) -> Int {
    var hasher = Hasher()
    hasher.combine(salt)
    hasher.combine(bytes: bytes)
    return hasher.finalize()
  }
}
