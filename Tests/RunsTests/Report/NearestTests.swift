import Runs
import Testing

/// What someone may have meant who typed a name that is not there.
@Suite struct NearestTests {
  private static let names = ["Search index", "nightly-backup", "backup-eu", "gpu-1", "gpu-2", "report"]

  @Test(
    "names that contain what was typed come first, then those that differ in few letters",
    arguments: [
      ("backup", ["backup-eu", "nightly-backup"]), ("BACKUP", ["backup-eu", "nightly-backup"]),
      ("search indx", ["Search index"]), ("Serch idnex", ["Search index"]), ("gpu-3", ["gpu-1", "gpu-2"]),
      ("gpu-1", ["gpu-1", "gpu-2"]), ("reprot", ["report"]), ("rept", ["report"]), ("nothing like it", []),
      ("q", []), ("", []),
    ] as [(String, [String])])
  func nearest(typed: String, near: [String]) {
    #expect(Self.names.nearest(to: typed) == near)
  }

  @Test("nothing is near of no names, or where every letter differs")
  func nothing() {
    #expect([String]().nearest(to: "backup") == [])
    #expect(["cat"].nearest(to: "dog") == [])
  }

  @Test("of two names just as near the first in the alphabet comes first")
  func ties() {
    #expect(["cat", "bat", "at"].nearest(to: "hat") == ["at", "bat", "cat"])
  }
}
