import Files
import Foundation
import Runs

/// Where the bytes of a report go: standard output, a file that appears whole or not at all, or memory.
///
/// Writers append to one buffer of fixed size, which is emptied when it is full: a report of any length needs no more
/// memory than that. A report is finished by ``commit()``; without it a file never gets its name.
package final class Output {
  static let capacity = 64 * 1024

  private let buffer: UnsafeMutablePointer<UInt8>
  private var count = 0
  private let target: any ByteTarget

  init(target: any ByteTarget) {
    self.target = target
    buffer = .allocate(capacity: Output.capacity)
  }

  deinit {
    target.discard()
    buffer.deallocate()
  }

  /// Hands over what is still buffered and, for a file, gives it its name.
  ///
  /// - Throws: ``OutputError``. A file that could not be finished is removed and an older one of its name is kept.
  package func commit() throws {
    try flush()
    try target.commit()
  }

  /// What was committed to memory; empty for other targets.
  package var bytes: [UInt8] { (target as? MemoryTarget)?.bytes ?? [] }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package func append(_ text: String) throws {
    var text = text
    try text.withUTF8 { try append($0) }
  }

  func append(_ byte: UInt8) throws {
    if count == Output.capacity { try flush() }
    buffer[count] = byte
    count += 1
  }

  func append(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard var source = bytes.baseAddress else { return }
    var left = bytes.count
    while left > 0 {
      if count == Output.capacity { try flush() }
      let part = min(left, Output.capacity - count)
      (buffer + count).update(from: source, count: part)
      count += part
      source += part
      left -= part
    }
  }

  func append(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBufferPointer { try append($0) }
  }

  /// Lets `body` write up to ``DigitText/room`` bytes in place; it returns how many it wrote.
  func appendDigits(_ body: (UnsafeMutablePointer<UInt8>) -> Int) throws {
    if Output.capacity - count < DigitText.room { try flush() }
    count += body(buffer + count)
  }

  /// Hands over what is buffered, without an end.
  func flush() throws {
    let full = UnsafeBufferPointer(start: buffer, count: count)
    // Emptied first: what could not be written once must not be tried again by the next append.
    count = 0
    if !full.isEmpty { try target.write(full) }
  }
}

extension Output {
  /// The standard output of the process.
  ///
  /// - Parameter isCommandLog: a CI server reads it as a log, and would take some lines for commands. A file gets every
  ///   byte as it is.
  package static func standardOutput(isCommandLog: Bool = false) -> Output {
    descriptor(STDOUT_FILENO, name: "standard output", isCommandLog: isCommandLog)
  }

  /// An open file descriptor, which stays open; `name` is what an error calls it.
  package static func descriptor(_ descriptor: Int32, name: String, isCommandLog: Bool = false) -> Output {
    // Without this the process dies of the signal before it can see that the pipe was closed.
    signal(SIGPIPE, SIG_IGN)
    let isFile = FileIdentity(of: descriptor)?.isRegular ?? false
    return Output(
      target: DescriptorTarget(
        descriptor: descriptor, name: name, guarding: isCommandLog && !isFile ? LogGuard() : nil))
  }

  /// A file that appears under its name, whole, at ``commit()``. A device or a pipe is written to as it is.
  package static func file(_ path: String) throws -> Output {
    Output(target: try FileTarget.create(path))
  }

  /// Refuses a file that is read, for whoever changes something before writing what came of it.
  package static func check(_ path: String) throws {
    try FileTarget.refuseInput(path)
  }

  /// A file that others write to as well: what is committed joins its end, in one piece.
  package static func appending(to path: String) throws -> Output {
    Output(target: AppendTarget(path: path))
  }

  /// Memory, for texts that are known to be small.
  package static func memory() -> Output {
    Output(target: MemoryTarget())
  }

  /// What `body` writes.
  package static func text(_ body: (Output) throws -> Void) throws -> String {
    let output = memory()
    try body(output)
    try output.commit()
    return output.text
  }
}
