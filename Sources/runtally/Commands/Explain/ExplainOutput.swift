import ArgumentParser
import Export

/// Where an explanation goes, and whether a person or a program reads it.
struct ExplainOutput: ParsableArguments {
  enum ExplainFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json

    /// What the name of the file says.
    static func named(by file: String?) throws -> ExplainFormat {
      try OutputEnding.ending(of: file, among: ["txt", "json"]) == "json" ? .json : .text
    }
  }

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("text or json. (default: what the ending of --output says; else text)", valueName: "format"))
  var format: ExplainFormat?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write to a file, whole or not at all, instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  func write(text lines: [String], json: JSONTree) throws {
    let target = try StandardFile.output(output)
    switch try format ?? ExplainFormat.named(by: output) {
    case .json: try target.append(json)
    case .text: try target.append(lines.joined(separator: "\n"))
    }
    try target.append("\n")
    try target.commit()
  }
}
