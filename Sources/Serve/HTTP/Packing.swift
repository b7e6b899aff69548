import Files

/// Bodies in the gzip format (RFC 1952), for who asks for them so.
enum Packing {
  /// The same body, packed; as it is where zlib has no room.
  static func packed(_ body: Answered.Body) throws -> Answered.Body {
    switch body {
    case .bytes(let bytes):
      var packed: [UInt8] = []
      let isWhole = try pack([bytes]) { packed += $0 }
      return isWhole ? .bytes(packed) : body
    case .file(let file):
      let packed = try TemporaryFile()
      let isWhole = try pack(FilePieces(file: file)) { try packed.append($0) }
      return isWhole ? .file(packed) : body
    }
  }

  /// - Returns: whether all of it was packed.
  private static func pack(_ pieces: some Sequence<[UInt8]>, _ write: (ArraySlice<UInt8>) throws -> Void) throws -> Bool
  {
    // At this level a page of some hundred kilobytes takes about as long as it takes to be sent.
    guard let packing = GzipPacking(.fastest) else { return false }
    for piece in pieces { try packing.pack(piece, write) }
    try packing.endMember(write)
    return true
  }
}

/// A file in pieces. One that cannot be read any further ends there, and its length tells that it is short.
private struct FilePieces: Sequence, IteratorProtocol {
  let file: TemporaryFile
  private var offset = 0

  init(file: TemporaryFile) {
    self.file = file
  }

  mutating func next() -> [UInt8]? {
    guard let bytes = try? file.bytes(at: offset, upTo: 262_144), !bytes.isEmpty else { return nil }
    offset += bytes.count
    return bytes
  }
}
