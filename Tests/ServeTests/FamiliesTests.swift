import Testing

@testable import Serve

/// Texts of gauges that become one.
@Suite struct FamiliesTests {
  @Test("a family that an earlier text has is left out of the later ones, and there is one end")
  func joined() {
    let first = "# TYPE a gauge\n# HELP a x\na 1\n# TYPE b gauge\nb{c=\"d\"} 2\n# EOF\n"
    let second = "# TYPE b gauge\n# HELP b y\nb 3\n# TYPE c gauge\nc 4\n# EOF\n"
    #expect(
      Families.joined([first, second])
        == "# TYPE a gauge\n# HELP a x\na 1\n# TYPE b gauge\nb{c=\"d\"} 2\n# TYPE c gauge\nc 4\n# EOF\n")
    #expect(Families.joined([]) == "# EOF\n")
  }
}
