import Testing

@testable import runtally

/// The environment of a run, as it stands in a file.
@Suite struct EnvironmentTextTests {
  @Test("lines end as on any system")
  func lineEnds() throws {
    let place = try Workplace()
    try place.write("A=1\r\nB=two\r\n# nothing\r\n\r\nC=a=b \nD=\n", to: "run.env")
    let path = place.url("run.env").path(percentEncoded: false)
    let variables = try EnvironmentText.variables(typed: ["B=three"], file: path)
    #expect(variables.map(\.name) == ["A", "C", "D", "B"])
    #expect(variables.map { $0.value.reveal() } == ["1", "a=b ", "", "three"])
  }

  @Test("a line that is no variable is refused with its number", arguments: ["export B=2", "B", "=2", "a b=c"])
  func mistakes(line: String) throws {
    let place = try Workplace()
    try place.write("A=1\r\n\(line)\r\n", to: "run.env")
    let path = place.url("run.env").path(percentEncoded: false)
    let error = #expect(throws: UsageError.self) { try EnvironmentText.variables(typed: [], file: path) }
    #expect(error?.reason == "\(path):2: expected a name and a value, such as VERBOSE=true")
  }

  @Test("a name that is there twice in one place is refused, and what is typed wins over the file")
  func twice() throws {
    let place = try Workplace()
    try place.write("A=1\nB=2\nA=3\n", to: "run.env")
    let path = place.url("run.env").path(percentEncoded: false)
    let inFile = #expect(throws: UsageError.self) { try EnvironmentText.variables(typed: [], file: path) }
    #expect(inFile?.reason == "\(path):3: A stands there already, at line 1")
    let typed = #expect(throws: UsageError.self) { try EnvironmentText.variables(typed: ["A=1", "A=1"], file: nil) }
    #expect(typed?.reason == "--env names A twice")
  }
}
