import Foundation
import TestSupport
import Testing

@testable import Files

/// Files that are being made: whole or not at all, and nothing of them stays.
@Suite struct PartFileTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func write(_ text: String, to part: PartFile) {
    _ = text.withCString { Foundation.write(part.descriptor, $0, strlen($0)) }
  }

  @Test("a part file gets its name when it is whole, in the place of an older file")
  func renamed() throws {
    try folder.write("old", to: "report.csv")
    let part = try PartFile.create(beside: folder.file("report.csv"))
    write("new", to: part)
    #expect(try folder.files.count == 2)
    try part.sync()
    try part.rename(to: folder.file("report.csv"))
    part.close()
    #expect(try folder.files == ["report.csv"])
    #expect(try folder.bytes(of: "report.csv") == Data("new".utf8))
  }

  @Test("a part file that may replace nothing gets a name that is free, and no other")
  func free() throws {
    try folder.write("old", to: "key.json")
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "nowhere")
    let part = try PartFile.create(beside: folder.file("key.json"), mode: 0o600)
    write("new", to: part)
    for name in ["key.json", "link"] {
      let refusal = #expect(throws: PartFile.Refusal.self) { try part.rename(toFree: folder.file(name)) }
      #expect(refusal?.code == EEXIST)
    }
    try part.rename(toFree: folder.file("key.json.1"))
    part.close()
    #expect(try folder.files.sorted() == ["key.json", "key.json.1", "link"])
    #expect(try folder.bytes(of: "key.json") == Data("old".utf8))
    #expect(try folder.bytes(of: "key.json.1") == Data("new".utf8))
  }

  @Test("what is given up is removed, with the journal that SQLite may have made")
  func removed() throws {
    let part = try PartFile.create(beside: folder.file("ledger.sqlite"))
    try Data().write(to: URL(fileURLWithPath: part.path + "-journal"))
    part.remove()
    part.close()
    #expect(try folder.files == [])
  }

  @Test("a folder that is not there is the system's refusal")
  func noFolder() throws {
    let refusal = #expect(throws: PartFile.Refusal.self) { try PartFile.create(beside: folder.file("none/x")) }
    #expect(refusal?.code == ENOENT)
  }

  @Test("the next part file clears what a killed process left, and nothing else")
  func leftFiles() throws {
    for name in [".runtally-1-0.part", ".runtally-4711-12.part", ".runtally-4711-12.part-journal"] {
      try folder.write("left", to: name)
    }
    let others = [
      ".runtally-1.part", ".runtally-1-0.partly", ".runtally--0.part", ".runtally-x-0.part", "runtally-1-0.part",
      ".runtally-1-0-0.part",
    ]
    for name in others { try folder.write("somebody's", to: name) }
    try FileManager.default.createSymbolicLink(
      atPath: folder.file(".runtally-2-0.part"), withDestinationPath: folder.file("runtally-1-0.part"))
    try FileManager.default.linkItem(
      atPath: folder.file("runtally-1-0.part"), toPath: folder.file(".runtally-3-0.part"))
    try FileManager.default.createDirectory(
      atPath: folder.file(".runtally-5-0.part"), withIntermediateDirectories: false)

    let part = try PartFile.create(beside: folder.file("report.csv"))
    part.remove()
    part.close()
    let kept = others + [".runtally-2-0.part", ".runtally-3-0.part", ".runtally-5-0.part"]
    #expect(try folder.files == kept.sorted())
  }

  @Test("what somebody still makes is not cleared, by whatever path the folder is reached")
  func heldFiles() throws {
    try folder.write("growing", to: ".runtally-1-0.part")
    let descriptor = open(folder.file(".runtally-1-0.part"), O_RDWR)
    defer { close(descriptor) }
    #expect(FileHold.take(descriptor, since: 0) == .held)
    let ours = try PartFile.create(beside: folder.file("report.csv"))
    PartFile.clear(folder.path + "/.")
    #expect(try folder.files == [".runtally-1-0.part", ".runtally-\(getpid())-0.part"].sorted())
    ours.remove()
    ours.close()
    #expect(try folder.files == [".runtally-1-0.part"])
  }
}
