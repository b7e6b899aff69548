import Foundation

/// A terminal that a shell runs on, so that output comes in the order and the form that a person sees.
enum Terminal {
  /// Runs a script on a terminal that is wide enough for any line.
  ///
  /// - Returns: what was on it in the end: a line that was rewritten has only its last text.
  static func show(_ script: String, in place: Workplace) async throws -> [String] {
    var (primary, secondary): (CInt, CInt) = (0, 0)
    guard openpty(&primary, &secondary, nil, nil, nil) == 0 else { throw POSIXError(.ENOTTY) }
    var settings = termios()
    tcgetattr(secondary, &settings)
    // No carriage returns before line feeds.
    settings.c_oflag &= ~tcflag_t(OPOST)
    tcsetattr(secondary, TCSANOW, &settings)

    let screen = FileHandle(fileDescriptor: secondary, closeOnDealloc: false)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = place.folder
    process.environment = [
      "PATH": Binary.searchPath, "HOME": place.path, "TERM": "xterm", "NO_COLOR": "1",
      "NODION_TOKEN": "simulated-token",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = screen
    process.standardError = screen
    try process.run()
    close(secondary)
    let bytes = await read(primary)
    close(primary)
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
