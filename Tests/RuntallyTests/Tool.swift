import Foundation

/// A program of the machine that a test may use where it is installed.
struct Tool {
  var isThere: Bool

  static let xmllint = Tool(name: "xmllint")
  static let bash = Tool(name: "bash")
  static let sqlite3 = Tool(name: "sqlite3")
  static let mandoc = Tool(name: "mandoc")
  static let lintian = Tool(name: "lintian")
  static let cc = Tool(name: "cc")
  static let systemdAnalyze = Tool(name: "systemd-analyze")
  static let gnuTar = Tool(asking: "tar", ["--sort=name", "--version"])
  static let junitparser = Tool(asking: "python3", ["-c", "import junitparser"])

  static func named(_ name: String) -> Tool { Tool(name: name) }

  private init(name: String) {
    isThere = Tool.path(of: name) != nil
  }

  /// A program that answers such a question with success.
  private init(asking name: String, _ arguments: [String]) {
    guard let path = Tool.path(of: name) else {
      isThere = false
      return
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    isThere = (try? process.run()) != nil
    process.waitUntilExit()
    isThere = isThere && process.terminationStatus == 0
  }

  private static func path(of name: String) -> String? {
    Binary.searchPath.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
