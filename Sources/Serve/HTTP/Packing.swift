import CZlib

/// Bodies in the gzip format (RFC 1952), for who asks for them so.
enum Packing {
  /// The fastest level: at it a page of some hundred kilobytes takes about as long as it takes to be sent.
  private static let level: Int32 = 1

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
    // zlib's state points back at it, so it must stay where it is.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    let gzip: Int32 = 16 + MAX_WBITS
    guard
      deflateInit2_(
        stream, level, Z_DEFLATED, gzip, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK
    else { return false }
    defer { deflateEnd(stream) }
    var room = [UInt8](repeating: 0, count: 65_536)
    func push(_ piece: [UInt8], _ flush: Int32) throws {
      var piece = piece
      try piece.withUnsafeMutableBufferPointer { input in
        stream.pointee.next_in = input.baseAddress
        stream.pointee.avail_in = UInt32(input.count)
        repeat {
          let count = room.withUnsafeMutableBufferPointer { output in
            stream.pointee.next_out = output.baseAddress
            stream.pointee.avail_out = UInt32(output.count)
            deflate(stream, flush)
            return output.count - Int(stream.pointee.avail_out)
          }
          if count > 0 { try write(room[..<count]) }
        } while stream.pointee.avail_out == 0
      }
    }
    for piece in pieces { try push(piece, Z_NO_FLUSH) }
    try push([], Z_FINISH)
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
