import Files
import Foundation

/// Writes a gzip file of several members, which is there whole or not at all.
///
/// It is written beside its place as a ``PartFile`` and moved there when it is closed.
final class GzipWriter {
  private let file: URL
  private let part: PartFile
  private let handle: FileHandle
  private let packing: GzipPacking
  private var isOpen = true

  init(_ file: URL) throws {
    self.file = file
    guard let packing = GzipPacking() else { throw CocoaError(.fileWriteUnknown) }
    self.packing = packing
    do {
      part = try PartFile.create(beside: file.path(percentEncoded: false), mode: PrivateFile.mode)
    } catch {
      throw NSError(domain: NSPOSIXErrorDomain, code: Int(error.code))
    }
    handle = FileHandle(fileDescriptor: part.descriptor, closeOnDealloc: false)
  }

  deinit {
    if isOpen {
      part.remove()
      try? handle.close()
    }
  }

  func write(_ bytes: [UInt8]) throws {
    try packing.pack(bytes) { try handle.write(contentsOf: $0) }
  }

  /// Ends a member; the next bytes begin another.
  func endMember() throws {
    try packing.endMember { try handle.write(contentsOf: $0) }
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
}
