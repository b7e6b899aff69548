import CZlib

/// Unpacks what zlib packed, a piece at a time, from bytes that come a piece at a time.
final class Inflater {
  enum Format: Sendable {
    case gzip
    case zlib
    case bare
  }

  struct Damaged: Error {}

  private static let pieceSize = 65_536

  /// zlib's state points back at it, so it must stay where it is.
  private let stream: UnsafeMutablePointer<z_stream>
  private var input: [UInt8] = []
  private var inputStart = 0
  /// The end of what was packed as one was reached.
  private(set) var isAtEnd = false

  init(_ format: Format) throws(Damaged) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let window =
      switch format {
      case .gzip: 16 + MAX_WBITS
      case .zlib: MAX_WBITS
      case .bare: -MAX_WBITS
      }
    guard inflateInit2_(stream, window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      stream.deallocate()
      throw Damaged()
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Gives it more to unpack, once ``next()`` has nothing more to give.
  func feed(_ bytes: [UInt8]) {
    input = bytes
    inputStart = 0
  }

  /// The byte behind the end, where one is here.
  var following: UInt8? { inputStart < input.count ? input[inputStart] : nil }

  /// Goes on behind the end with what was packed next.
  func beginNext() {
    inflateReset(stream)
    isAtEnd = false
  }

  /// The next piece; nil at the end, and when there is nothing left to unpack.
  func next() throws(Damaged) -> [UInt8]? {
    while !isAtEnd {
      let (output, result) = inflate()
      isAtEnd = result == Z_STREAM_END
      // What came before damage is given first; the damage is found again.
      if !output.isEmpty { return output }
      if !isAtEnd, result != Z_OK, result != Z_BUF_ERROR { throw Damaged() }
      if inputStart == input.count { return nil }
    }
    return nil
  }

  private func inflate() -> (output: [UInt8], result: Int32) {
    var result = Z_OK
    var consumed = 0
    let output = [UInt8](unsafeUninitializedCapacity: Inflater.pieceSize) { output, count in
      input.withUnsafeMutableBufferPointer { input in
        stream.pointee.next_in = input.baseAddress?.advanced(by: inputStart)
        stream.pointee.avail_in = UInt32(input.count - inputStart)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(output.count)
        result = CZlib.inflate(stream, Z_NO_FLUSH)
        consumed = input.count - inputStart - Int(stream.pointee.avail_in)
        count = output.count - Int(stream.pointee.avail_out)
      }
    }
    inputStart += consumed
    return (output, result)
  }
}
