import CZlib

/// Bytes packed in the gzip format (RFC 1952) as they come, in one member or several.
package final class GzipPacking {
  package enum Level: CInt {
    case fastest = 1
    /// What zlib holds for a good middle.
    case usual = -1
  }

  /// zlib's state points back at it, so it must stay where it is.
  private let stream: UnsafeMutablePointer<z_stream>
  private var room = [UInt8](repeating: 0, count: 65_536)

  /// Nil where zlib has no room.
  package init?(_ level: Level = .usual) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let gzip = 16 + MAX_WBITS
    guard
      deflateInit2_(
        stream, level.rawValue, Z_DEFLATED, gzip, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        CInt(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      stream.deallocate()
      return nil
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Hands on what is packed so far.
  package func pack(_ bytes: [UInt8], _ write: (ArraySlice<UInt8>) throws -> Void) throws {
    if !bytes.isEmpty { try push(bytes, Z_NO_FLUSH, write) }
  }

  /// Ends a member; the next bytes begin another.
  package func endMember(_ write: (ArraySlice<UInt8>) throws -> Void) throws {
    try push([], Z_FINISH, write)
    deflateReset(stream)
  }

  private func push(_ bytes: [UInt8], _ flush: CInt, _ write: (ArraySlice<UInt8>) throws -> Void) throws {
    var bytes = bytes
    try bytes.withUnsafeMutableBufferPointer { input in
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
}
