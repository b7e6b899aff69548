import Foundation

/// Starts processes by the system's own call: Foundation's `Process` crashes now and then where many start at once.
enum Spawn {
  /// What a process is given as its first three files.
  struct Streams {
    var input: CInt
    var output: CInt
    var error: CInt
  }

  /// - Returns: the id of the process; whoever starts one waits for it.
  static func start(
    _ executable: URL, _ arguments: [String], in folder: URL, environment: [String: String], _ streams: Streams
  ) throws -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (from, to) in [(streams.input, 0), (streams.output, 1), (streams.error, 2)] as [(CInt, CInt)] {
      posix_spawn_file_actions_adddup2(&actions, from, to)
    }
    // What the tests' own process ignores and holds open is none of the child's business: a lock would never end.
    for descriptor in (try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd"))?.compactMap(CInt.init) ?? []
    where descriptor > 2 {
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
    var usual = sigset_t()
    sigemptyset(&usual)
    posix_spawnattr_setsigmask(&attributes, &usual)
    for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&usual, signal) }
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    // The shell goes to the folder and becomes the program.
    let script = [
      "/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder.path(percentEncoded: false),
      executable.path(percentEncoded: false),
    ]
    var words = (script + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var id: pid_t = 0
    let code = posix_spawn(&id, "/bin/sh", &actions, &attributes, &words, &variables)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
    return id
  }

  /// Waits for the end of a process; a signal's number is added to 128, as a shell does.
  static func wait(for id: pid_t) -> Int32 {
    var status: CInt = 0
    while waitpid(id, &status, 0) < 0 {
      if errno != EINTR { return -1 }
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
