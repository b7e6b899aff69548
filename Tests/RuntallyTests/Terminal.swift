import Foundation

/// A terminal that a shell runs on, so that output comes in the order and the form that a person sees.
enum Terminal {
  /// Runs a script on a terminal that is wide enough for any line.
  ///
  /// - Parameter typed: what a person types into it; without it there is nobody, and standard input is empty.
  /// - Returns: what was on it in the end: a line that was rewritten has only its last text.
  static func show(_ script: String, in place: Workplace, typed: String? = nil) async throws -> [String] {
    var (primary, secondary): (CInt, CInt) = (0, 0)
    guard openpty(&primary, &secondary, nil, nil, nil) == 0 else { throw POSIXError(.ENOTTY) }
    // Processes that other tests start must not hold it open.
    for descriptor in [primary, secondary] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    var settings = termios()
    tcgetattr(secondary, &settings)
    // No carriage returns before line feeds.
    settings.c_oflag &= ~tcflag_t(OPOST)
    // What is typed is not shown: it may be typed before it is asked for.
    settings.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(secondary, TCSANOW, &settings)

    let shell = try Spawn.start(
      URL(fileURLWithPath: "/bin/sh"), ["-c", script], in: place.folder,
      environment: [
        "PATH": Binary.searchPath, "HOME": place.path, "SOURCE_DATE_EPOCH": "0", "TERM": "xterm", "NO_COLOR": "1",
        "NODION_TOKEN": "simulated-token",
      ],
      Spawn.Streams(
        input: typed == nil ? FileHandle.nullDevice.fileDescriptor : secondary, output: secondary, error: secondary))
    close(secondary)
    let bytesTyped = Array((typed ?? "").utf8)
    _ = Foundation.write(primary, bytesTyped, bytesTyped.count)
    let bytes = await read(primary)
    close(primary)
    _ = Spawn.wait(for: shell)
    return lines(String(decoding: bytes, as: UTF8.self))
  }

  /// Reads on a thread of its own until the last writer is gone, which shows as an error on Linux.
  private static func read(_ descriptor: CInt) async -> [UInt8] {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
          let count = Foundation.read(descriptor, &buffer, buffer.count)
          if count < 0, errno == EINTR { continue }
          guard count > 0 else { break }
          bytes += buffer[..<count]
        }
        continuation.resume(returning: bytes)
      }
    }
  }

  private static func lines(_ text: String) -> [String] {
    text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.split(separator: "\r\u{1B}[K", omittingEmptySubsequences: false).last ?? "")
    }
  }
}
