import Foundation

/// The messages that come in: one a line, each taken when the one before it was.
///
/// They are read on a thread of its own, which waits for a client that has nothing to say.
final class MessageLines: Sendable {
  enum Line: Equatable, Sendable {
    case bytes([UInt8])
    /// Longer than any question; it was read over.
    case tooLong
  }

  /// Bytes of a line. A statement may have 1 MiB, and its characters may come as escapes of six bytes.
  static let most = 8 << 20
  /// Lines that wait to be taken.
  private static let mostWaiting = 16

  let lines: AsyncStream<Line>
  // It begins at 0: one that is let go below the number that it began with ends the program.
  private let room = DispatchSemaphore(value: 0)

  init(from descriptor: Int32) {
    let (lines, sink) = AsyncStream<Line>.makeStream()
    self.lines = lines
    for _ in 0..<MessageLines.mostWaiting { room.signal() }
    Thread.detachNewThread { [room] in
      MessageLines.read(descriptor) { line in
        room.wait()
        sink.yield(line)
      }
      sink.finish()
    }
  }

  /// Has to be called for each line.
  func took() { room.signal() }

  /// Until the end, or until nothing can be read any more. The last line needs no end.
  static func read(_ descriptor: Int32, _ tell: (Line) -> Void) {
    var line: [UInt8] = []
    var isTooLong = false
    func end() {
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if isTooLong { tell(.tooLong) } else if !line.isEmpty { tell(.bytes(line)) }
      (line, isTooLong) = ([], false)
    }
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Foundation.read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      let parts = piece[..<count].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index > 0 { end() }
        if line.count + part.count > most { (line, isTooLong) = ([], true) }
        if !isTooLong { line += part }
      }
    }
    end()
  }
}
