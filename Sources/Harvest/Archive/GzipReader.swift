import CZlib
import Foundation

/// Reads a gzip file member by member, a piece at a time.
final class GzipReader {
  struct Damaged: Error {}

  private static let pieceSize = 65_536

  private let handle: FileHandle
  /// zlib's state points back at it, so it must stay where it is.
  private let stream: UnsafeMutablePointer<z_stream>
  private var input: [UInt8] = []
  private var inputStart = 0
  /// The end of the member was reached, and is still to be told.
  private var isAtEnd = false

  init(_ file: URL) throws {
    handle = try FileHandle(forReadingFrom: file)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let gzip: Int32 = 16 + MAX_WBITS
    guard inflateInit2_(stream, gzip, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      stream.deallocate()
      throw Damaged()
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    try? handle.close()
  }

  /// The next piece of this member; nil at its end, after which the next member begins.
  func next() throws -> [UInt8]? {
    while !isAtEnd {
      let (output, result) = inflate()
      switch result {
      case Z_STREAM_END: isAtEnd = true
      case Z_OK, Z_BUF_ERROR: break
      default: throw Damaged()
      }
      if !output.isEmpty { return output }
      if !isAtEnd, inputStart == input.count {
        input = [UInt8](try handle.read(upToCount: GzipReader.pieceSize) ?? Data())
        inputStart = 0
        // Every member has an end.
        if input.isEmpty { throw Damaged() }
      }
    }
    isAtEnd = false
    inflateReset(stream)
    return nil
  }

  /// All of this member, which is known to be small.
  func member() throws -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = try next() { bytes += piece }
    return bytes
  }

  private func inflate() -> (output: [UInt8], result: Int32) {
    var result = Z_OK
    var consumed = 0
    let output = [UInt8](unsafeUninitializedCapacity: GzipReader.pieceSize) { output, count in
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
