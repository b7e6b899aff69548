import CZlib
import Files
import Foundation

/// Writes a gzip file of several members, which is there whole or not at all.
///
/// It is written beside its place as a ``PartFile`` and moved there when it is closed.
final class GzipWriter {
  private static let outputSize = 32_768

  private let file: URL
  private let part: PartFile
  private let handle: FileHandle
  /// zlib's state points back at it, so it must stay where it is.
  private let stream: UnsafeMutablePointer<z_stream>
  private var output = [UInt8](repeating: 0, count: GzipWriter.outputSize)
  private var isOpen = true

  init(_ file: URL) throws {
    self.file = file
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let gzip: Int32 = 16 + MAX_WBITS
    guard
      deflateInit2_(
        stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      stream.deallocate()
      throw CocoaError(.fileWriteUnknown)
    }
    do {
      part = try PartFile.create(beside: file.path(percentEncoded: false), mode: PrivateFile.mode)
    } catch {
      deflateEnd(stream)
      stream.deallocate()
      throw NSError(domain: NSPOSIXErrorDomain, code: Int(error.code))
    }
    handle = FileHandle(fileDescriptor: part.descriptor, closeOnDealloc: false)
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    if isOpen {
      part.remove()
      try? handle.close()
    }
  }

  func write(_ bytes: [UInt8]) throws {
    if !bytes.isEmpty { try deflate(bytes, flush: Z_NO_FLUSH) }
  }

  /// Ends a member; the next bytes begin another.
  func endMember() throws {
    try deflate([], flush: Z_FINISH)
    deflateReset(stream)
  }

  /// Puts the file in its place.
  func close() throws {
    do {
      try part.rename(to: file.path(percentEncoded: false))
    } catch {
      throw NSError(domain: NSPOSIXErrorDomain, code: Int(error.code))
    }
    isOpen = false
    try handle.close()
  }

  private func deflate(_ bytes: [UInt8], flush: Int32) throws {
    var input = bytes
    try input.withUnsafeMutableBufferPointer { input in
      stream.pointee.next_in = input.baseAddress
      stream.pointee.avail_in = UInt32(input.count)
      repeat {
        let count = output.withUnsafeMutableBufferPointer { output in
          stream.pointee.next_out = output.baseAddress
          stream.pointee.avail_out = UInt32(output.count)
          CZlib.deflate(stream, flush)
          return output.count - Int(stream.pointee.avail_out)
        }
        if count > 0 { try handle.write(contentsOf: output[..<count]) }
      } while stream.pointee.avail_out == 0
    }
  }
}
