import Foundation
import TestSupport
import Testing

@testable import Files

/// Who holds a file, by whatever name it is reached.
@Suite struct FileHoldTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("a file", to: "one")
    try FileManager.default.linkItem(atPath: folder.file("one"), toPath: folder.file("two"))
    try FileManager.default.createSymbolicLink(atPath: folder.file("three"), withDestinationPath: folder.file("two"))
  }

  @Test("a hold is met through every name of the file, tells its holder, and ends with its descriptor")
  func names() throws {
    let descriptor = open(folder.file("one"), O_RDWR)
    #expect(FileHold.take(descriptor, since: 1_768_000_000) == .held)
    let holder = FileHold.Holder(process: getpid(), since: 1_768_000_000)
    for name in ["one", "two", "three"] {
      let other = open(folder.file(name), O_RDWR)
      defer { close(other) }
      #expect(FileHold.take(other, since: 5) == .refused(holder))
      #expect(FileHold.holder(of: other) == holder)
    }
    close(descriptor)
    let other = open(folder.file("three"), O_RDWR)
    #expect(FileHold.holder(of: other) == nil)
    #expect(FileHold.take(other, since: 5) == .held)
    close(other)
  }

  @Test("one file with several names is one file, and two files with the same content are two")
  func identity() throws {
    try folder.write("a file", to: "four")
    let files = ["one", "two", "three", "four"].map { FileIdentity(of: folder.file($0)) }
    #expect(files[0] == files[1] && files[1] == files[2])
    #expect(files[2] != files[3])
    #expect(files[0]?.names == 2)
    #expect(FileIdentity(of: folder.file("none")) == nil)
  }

  @Test("a path is followed to its end, also where no file is there yet")
  func realPaths() throws {
    let manager = FileManager.default
    let real = RealPath.of(folder.path)
    try manager.createDirectory(atPath: folder.file("inner"), withIntermediateDirectories: false)
    try manager.createSymbolicLink(atPath: folder.file("inner/ahead"), withDestinationPath: "../later")
    try manager.createSymbolicLink(atPath: folder.file("door"), withDestinationPath: "inner")
    #expect(RealPath.of(folder.file("three")) == real + "/two")
    #expect(RealPath.of(folder.file("door/../new")) == real + "/new")
    #expect(RealPath.of(folder.file("door/ahead")) == real + "/later")
    #expect(RealPath.of(folder.file("door/new")) == real + "/inner/new")
    #expect(RealPath.of(folder.file("none/new")) == folder.file("none/new"))
    #expect(RealPath.of("/") == "/")
    #expect(RealPath.folder(of: "name") == ".")
    #expect(RealPath.folder(of: "/name") == "/")
    #expect(RealPath.folder(of: "a/b/name") == "a/b")
  }

  @Test("what is read is known by every name it has, also before it is there")
  func inputs() throws {
    InputFiles.note(folder.file("one"), as: "the ledger")
    InputFiles.note(folder.file("later"), as: "part of the ledger")
    for name in ["one", "two", "three", "./two"] {
      #expect(InputFiles.meaning(of: folder.file(name)) == "the ledger", "\(name)")
    }
    #expect(InputFiles.meaning(of: folder.file("later")) == "part of the ledger")
    #expect(InputFiles.meaning(of: folder.file("report.csv")) == nil)
  }
}
