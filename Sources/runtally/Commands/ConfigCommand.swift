import ArgumentParser
import Harvest
import Runs

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "List the keys that runtally.yaml takes.",
    discussion: """
      Every key may be left out but those that are required inside another. An editor that knows JSON Schema completes \
      and checks the file: write the schema beside it, and name it in the first line.

      Example: runtally config --schema --output runtally.schema.json

      # yaml-language-server: $schema=runtally.schema.json

      `runtally config --format table` says what each key means. The keys:

      \(ConfigurationReference(.file(vendors: .all)).text)
      """)

  @Flag(help: "A JSON Schema of the configuration, for editors.")
  var schema = false

  @Flag(help: "A table of Markdown with every key.")
  var reference = false

  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if schema, reference { throw ValidationError("--schema and --reference are two answers: leave one of them out.") }
    if schema || reference, output.format != nil {
      throw ValidationError("--\(schema ? "schema is JSON" : "reference is Markdown"): leave out --format.")
    }
  }

  func run() throws {
    let mapping = ConfigurationMapping.file(vendors: .all)
    if schema { return try output.write(ConfigurationSchema(mapping: mapping).tree) }
    let reference = ConfigurationReference(mapping)
    if self.reference { return try output.write(reference.markdown) }
    let output = try output.chosenForRows()
    try output.write { try reference.answer.write(to: &$0) }
  }
}

extension ConfigurationReference {
  fileprivate var answer: Answer {
    Answer(
      name: "config", title: "Keys of runtally.yaml", columns: ["key", "vendor", "value", "required", "description"],
      rows: lines.map { line in
        [
          .text(line.way), Value(line.vendor), .text(line.value), .text(line.isRequired ? "yes" : "no"),
          .text(line.description),
        ]
      })
  }
}
