import Foundation

/// The built binary as its users meet it: run in a folder of its own, with an environment that the test says.
struct Finished: Equatable {
  var exitCode: Int32
  var out: String
  var err: String
}

/// A fresh folder that commands run in; it goes away with the last use of it.
final class Workplace: Sendable {
  let folder: URL
  let path: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "runtally-\(UUID().uuidString)")
    path = folder.path(percentEncoded: false)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Runs `runtally` with these arguments.
  func run(
    _ arguments: String..., environment: [String: String] = [:], in subfolder: String = ""
  ) async throws -> Finished {
    try await start(Binary.url, arguments, environment, in: subfolder).finished()
  }

  /// Runs a line of shell with `runtally` on the PATH.
  func shell(_ script: String, environment: [String: String] = [:]) async throws -> Finished {
    try await start(URL(fileURLWithPath: "/bin/sh"), ["-c", script], environment, in: "").finished()
  }

  /// Starts `runtally` and does not wait for it.
  func start(_ arguments: String..., environment: [String: String] = [:]) throws -> Started {
    try start(arguments, environment: environment)
  }

  func start(_ arguments: [String], environment: [String: String] = [:]) throws -> Started {
    try start(Binary.url, arguments, environment, in: "")
  }

  /// The data of tests are as old as they are: the clock that reports hold them against stands at its beginning.
  private func start(
    _ executable: URL, _ arguments: [String], _ environment: [String: String], in subfolder: String
  ) throws -> Started {
    try Started(
      executable, arguments, in: subfolder, of: self,
      environment: ["PATH": Binary.searchPath, "HOME": path, "SOURCE_DATE_EPOCH": "0"].merging(environment) { $1 })
  }
}

extension Workplace {
  func url(_ name: String) -> URL { folder.appending(path: name) }

  /// Writes a file, and the folders that it needs.
  func write(_ text: String, to name: String) throws {
    try FileManager.default.createDirectory(
      at: url(name).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url(name))
  }

  func read(_ name: String) throws -> String { try String(contentsOf: url(name), encoding: .utf8) }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: url(name)) }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: url(name).path(percentEncoded: false))
  }

  /// Every file below a folder, hidden ones too.
  func files(in name: String = "") -> [String] {
    let walker = FileManager.default.enumerator(atPath: url(name).path(percentEncoded: false))
    return (walker?.allObjects as? [String] ?? []).filter { file in
      var isFolder: ObjCBool = false
      let path = url(name).appending(path: file).path(percentEncoded: false)
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }.sorted()
  }
}

/// Where the binary is: beside the test bundle.
enum Binary {
  static let url = folder.appending(path: "runtally")

  static let searchPath = folder.path(percentEncoded: false) + ":/usr/local/bin:/usr/bin:/bin"

  /// The folder of the build, found from what runs now.
  private static let folder: URL = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for bundle in CommandLine.arguments where bundle.hasSuffix(".xctest") {
      // On macOS a helper runs a bundle that is named in its arguments.
      folder = URL(fileURLWithPath: bundle).deletingLastPathComponent()
    }
    return folder
  }()
}
