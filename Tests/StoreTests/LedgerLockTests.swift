import Files
import Foundation
import Runs
import Store
import TestSupport
import Testing

/// One writer at a time, and a name for whoever it is.
@Suite struct LedgerLockTests {
  let folder: TemporaryFolder
  let path: String
  let now: Instant

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("ledger.sqlite")
    now = try instant("2026-01-15T10:00:00Z")
  }

  @Test("a second writer waits up to its limit, then hears who holds the lock")
  func secondWriter() async throws {
    let lock = try await LedgerLock.acquire(for: path, now: now)
    let error = await #expect(throws: LedgerError.self) {
      _ = try await LedgerLock.acquire(for: path, waiting: .milliseconds(150), now: now)
    }
    let holder = "process \(getpid()) on \(ProcessInfo.processInfo.hostName), since 2026-01-15T10:00:00.000Z"
    #expect(error == .locked(path: path, holder: holder))
    _ = consume lock
  }

  @Test("a lock that was let go leaves no file and can be taken again")
  func released() async throws {
    for _ in 0..<3 {
      let lock = try await LedgerLock.acquire(for: path, now: now)
      #expect(try folder.files == ["ledger.sqlite.lock"])
      _ = consume lock
      #expect(try folder.files == [])
    }
  }

  @Test("a writer that waits gets the lock when it is let go")
  func waiting() async throws {
    let lock = try await LedgerLock.acquire(for: path, now: now)
    let (path, now) = (path, now)
    let waiter = Task {
      let next = try await LedgerLock.acquire(for: path, waiting: .seconds(30), now: now)
      _ = consume next
      return true
    }
    try await Task.sleep(for: .milliseconds(50))
    _ = consume lock
    #expect(try await waiter.value)
    #expect(try folder.files == [])
  }

  @Test("the note of a writer that was killed does not shine through the next one's")
  func staleNote() async throws {
    try folder.write("process 1 on " + String(repeating: "killed ", count: 100), to: "ledger.sqlite.lock")
    let lock = try await LedgerLock.acquire(for: path, now: now)
    let error = await #expect(throws: LedgerError.self) {
      _ = try await LedgerLock.acquire(for: path, waiting: .zero, now: now)
    }
    #expect("\(try #require(error))".contains("killed") == false)
    _ = consume lock
  }

  @Test("a lock file that is a link, or somebody else's file, is refused and left untouched")
  func foreignLock() async throws {
    try folder.write("a letter", to: "letter.txt")
    let path = RealPath.of(path) + ".lock"
    for kind in ["link", "hard link", "file"] {
      switch kind {
      case "link":
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: folder.file("letter.txt"))
      case "hard link": try FileManager.default.linkItem(atPath: folder.file("letter.txt"), toPath: path)
      default: try folder.write("a letter", to: "ledger.sqlite.lock")
      }
      await #expect(throws: LedgerError.foreignLock(path: path)) {
        _ = try await LedgerLock.acquire(for: self.path, now: now)
      }
      #expect(try folder.bytes(of: "letter.txt") == Data("a letter".utf8))
      #expect(try folder.files == ["ledger.sqlite.lock", "letter.txt"])
      try FileManager.default.removeItem(atPath: path)
    }
  }

  @Test("a ledger is locked by whatever name it is reached", arguments: [true, false])
  func names(isLink: Bool) async throws {
    try Ledger.make(in: folder).close()
    let manager = FileManager.default
    try manager.createDirectory(atPath: folder.file("inner"), withIntermediateDirectories: false)
    let other = folder.file("inner/other.sqlite")
    if isLink {
      try manager.createSymbolicLink(atPath: other, withDestinationPath: "../ledger.sqlite")
    } else {
      try manager.linkItem(atPath: path, toPath: other)
    }
    for (first, second) in [(path, other), (other, path)] {
      let lock = try await LedgerLock.acquire(for: first, now: now)
      let error = await #expect(throws: LedgerError.self) {
        _ = try await LedgerLock.acquire(for: second, waiting: .zero, now: now)
      }
      let holder = "process \(getpid()) on \(ProcessInfo.processInfo.hostName), since 2026-01-15T10:00:00.000Z"
      #expect(error == .locked(path: second, holder: holder))
      _ = consume lock
      let next = try await LedgerLock.acquire(for: second, now: now)
      _ = consume next
      #expect(try folder.files == ["inner", "ledger.sqlite"])
    }
  }

  @Test("a ledger with several names is written in place, so that no name has news that the others lack")
  func inPlace() async throws {
    try await Ledger.make(in: folder).harvest(
      VendorAnswer(of: make(runner: "backup"), try make(run: "a")), at: "2026-01-16T00:00:00Z")
    try FileManager.default.createDirectory(atPath: folder.file("inner"), withIntermediateDirectories: false)
    let other = folder.file("inner/other.sqlite")
    try FileManager.default.linkItem(atPath: path, toPath: other)
    let writer = try Ledger(at: other, for: .writing)
    let reader = try Ledger(at: other, for: .reading)
    #expect(try reader.lines("SELECT count(*) FROM run") == ["1"])
    try await writer.harvest(
      VendorAnswer(of: make(runner: "backup"), try make(run: "a"), try make(run: "b")), at: "2026-01-17T00:00:00Z")
    #expect(try Ledger(at: path, for: .reading).lines("SELECT count(*) FROM run") == ["2"])
    writer.close()
    reader.close()
    #expect(try folder.files == ["inner", "ledger.sqlite"])
  }

  @Test("a ledger that is made under the lock is held too")
  func newLedger() async throws {
    func make() throws { try Ledger.make(in: folder).close() }
    try await LedgerLock.holding(path, now: now, making: make) {
      try FileManager.default.createDirectory(atPath: folder.file("inner"), withIntermediateDirectories: false)
      try FileManager.default.linkItem(atPath: path, toPath: folder.file("inner/other.sqlite"))
      await #expect(throws: LedgerError.self) {
        _ = try await LedgerLock.acquire(for: folder.file("inner/other.sqlite"), waiting: .zero, now: now)
      }
    }
  }

  @Test("a folder that is not there is named")
  func noFolder() async throws {
    let error = await #expect(throws: LedgerError.self) {
      _ = try await LedgerLock.acquire(for: folder.file("none/ledger.sqlite"), now: now)
    }
    #expect(error == .cannotOpen(path: folder.file("none/ledger.sqlite"), reason: "its folder is not there"))
  }

  @Test("two writers that take turns never hold it at once")
  func turns() async throws {
    let counter = Counter()
    let (path, now) = (path, now)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let lock = try await LedgerLock.acquire(for: path, waiting: .seconds(60), now: now)
          await counter.enter()
          try await Task.sleep(for: .milliseconds(5))
          await counter.leave()
          _ = consume lock
        }
      }
      try await group.waitForAll()
    }
    #expect(await counter.most == 1)
    #expect(try folder.files == [])
  }

  private actor Counter {
    private var inside = 0
    private(set) var most = 0

    func enter() {
      inside += 1
      most = max(most, inside)
    }

    func leave() { inside -= 1 }
  }
}
