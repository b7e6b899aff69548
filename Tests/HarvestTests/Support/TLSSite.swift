import Foundation

/// A program of the machine that a test may use where it is installed.
enum Tool {
  static func path(of name: String) -> URL? {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return folders.split(separator: ":").map { URL(fileURLWithPath: "\($0)/\(name)") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path(percentEncoded: false)) }
  }

  static let openssl = path(of: "openssl")
  static let node = path(of: "node")
}

/// A folder with an authority of its own, a certificate that it gave to `localhost` and `vendor.invalid`, and servers
/// that show it.
struct TLSSite {
  struct Failed: Error {}

  let folder: URL

  func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

  /// The authority's certificate.
  var authority: String { path("ca.crt") }

  /// - Parameter folder: is empty.
  init(in folder: URL) throws {
    self.folder = folder
    try Data("subjectAltName=DNS:localhost,DNS:vendor.invalid\n".utf8).write(to: folder.appending(path: "names"))
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    try openssl(["req", "-x509", "-days", "30", "-subj", "/CN=Test CA", "-keyout", "ca.key", "-out", "ca.crt"] + key)
    try openssl(["req", "-subj", "/CN=site", "-keyout", "site.key", "-out", "site.csr"] + key)
    try openssl([
      "x509", "-req", "-in", "site.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30",
      "-extfile", "names", "-out", "site.crt",
    ])
  }

  @discardableResult
  func openssl(_ arguments: [String]) throws -> String {
    let output = Pipe()
    let process = try start(Tool.openssl, arguments, output: output)
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed() }
    return text
  }

  /// Runs a server in the folder for as long as `use` takes, which gets its port.
  ///
  /// - Parameter announcement: what the server prints before its port.
  func withServer<Result>(
    _ program: URL?, _ arguments: [String], announcement: String, _ use: (Int) async throws -> Result
  ) async throws -> Result {
    let output = Pipe()
    let process = try start(program, arguments, output: output)
    // A process that is started from a task's thread inherits that the gentler signals are held back.
    defer { kill(process.processIdentifier, SIGKILL) }
    var text = ""
    while true {
      let bytes = output.fileHandleForReading.availableData
      guard !bytes.isEmpty else { throw Failed() }
      text += String(decoding: bytes, as: UTF8.self)
      if let line = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .first(where: { $0.hasPrefix(announcement) }),
        let port = line.split(separator: ":").last.flatMap({ Int($0) })
      {
        return try await use(port)
      }
    }
  }

  private func start(_ program: URL?, _ arguments: [String], output: Pipe) throws -> Process {
    guard let program else { throw Failed() }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    // A server of openssl ends when it has nothing more to read.
    process.standardInput = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }
}
