import Foundation
import Runs
import Testing

@testable import Export

struct OutputTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "output-\(UUID().uuidString)").path

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private func contents(_ name: String) throws -> String {
    try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }

  @Test("a file appears under its name, whole, when it is committed")
  func commit() throws {
    let output = try Output.file(folder + "/a.csv")
    let long = String(repeating: "0123456789", count: 20_000)
    try output.append(long)
    #expect(try names().allSatisfy { $0 != "a.csv" })
    try output.commit()
    #expect(try names() == ["a.csv"])
    #expect(try contents("a.csv") == long)
  }

  @Test("a file that is not committed leaves nothing, and the older one as it was")
  func forgotten() throws {
    try "old".write(toFile: folder + "/a.csv", atomically: false, encoding: .utf8)
    for name in ["a.csv", "b.csv"] {
      let output = try Output.file(folder + "/" + name)
      try output.append("new")
    }
    #expect(try names() == ["a.csv"])
    #expect(try contents("a.csv") == "old")
  }

  @Test("replacing a file keeps its permissions, and a link to it")
  func replace() throws {
    try "old".write(toFile: folder + "/a.csv", atomically: false, encoding: .utf8)
    #expect(chmod(folder + "/a.csv", 0o600) == 0)
    #expect(symlink("a.csv", folder + "/link.csv") == 0)
    let output = try Output.file(folder + "/link.csv")
    try output.append("new")
    try output.commit()
    #expect(try contents("a.csv") == "new")
    #expect(try names() == ["a.csv", "link.csv"])
    var facts = stat()
    #expect(lstat(folder + "/a.csv", &facts) == 0 && facts.st_mode & 0o777 == 0o600)
    #expect(lstat(folder + "/link.csv", &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK)
  }

  @Test("two files may be written in one folder at once, even under one name")
  func together() throws {
    let first = try Output.file(folder + "/a.csv")
    let second = try Output.file(folder + "/a.csv")
    try first.append("first")
    try second.append("second")
    try second.commit()
    try first.commit()
    #expect(try names() == ["a.csv"])
    #expect(try contents("a.csv") == "first")
  }

  @Test("an error names the path, the reason and a way out")
  func errors() {
    let missing = folder + "/missing/a.csv"
    let error = #expect(throws: OutputError.self) { try Output.file(missing) }
    #expect(
      error.map(String.init(describing:)) == "cannot create \(missing): No such file or directory")
    #expect(throws: OutputError.isFolder(path: folder)) { try Output.file(folder) }
  }

  @Test("a full disk is an error that says so", .enabled(if: canWriteToFullDevice))
  func fullDisk() throws {
    let output = try Output.file("/dev/full")
    try output.append("x")
    let error = #expect(throws: OutputError.refused(step: .write, path: "/dev/full", code: ENOSPC)) {
      try output.commit()
    }
    #expect(
      error?.description == "cannot write /dev/full: No space left on device")
  }

  @Test("a pipe whose reader went away is recognisable")
  func closedPipe() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let output = Output.descriptor(ends[1], name: "standard output")
    close(ends[0])
    try output.append("x")
    #expect(throws: OutputError.closed) { try output.commit() }
    close(ends[1])
  }

  @Test("bytes come out in order, however they were cut into calls")
  func order() throws {
    let output = Output.memory()
    var expected = ""
    for number in 0..<30_000 {
      try output.append(UInt8(ascii: "a"))
      try output.appendDigits { DigitText.integer(Int64(number), at: $0) }
      try output.append(number.isMultiple(of: 5000) ? String(repeating: "é", count: 70_000) : "b")
      expected += "a\(number)" + (number.isMultiple(of: 5000) ? String(repeating: "é", count: 70_000) : "b")
    }
    try output.commit()
    #expect(output.text == expected)
  }
}
