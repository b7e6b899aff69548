import ArgumentParser
import Harvest
import Runs

/// How a runner is to be: options of what makes and changes one.
struct SetupOptions: ParsableArguments {
  @Option(help: ArgumentHelp("What the runner is called (3 to 50 characters).", valueName: "text"))
  var name: String?

  @Option(help: ArgumentHelp("The image, such as mycompany/backup-tool.", valueName: "image"))
  var image: String?

  @Option(help: ArgumentHelp("The image's tag, such as latest or v1.0.0.", valueName: "tag"))
  var tag: String?

  @Option(help: ArgumentHelp("What is run in the container (at most 1000 characters).", valueName: "command"))
  var command: String?

  @Option(help: ArgumentHelp("The region: its id, slug or name, as the ledger knows it.", valueName: "region"))
  var region: String?

  @Option(help: ArgumentHelp("The machine: its id, slug or name, as the ledger knows it.", valueName: "type"))
  var instanceType: String?

  @Option(help: ArgumentHelp("The entrypoint (at most 500 characters); an empty one is none.", valueName: "text"))
  var entrypoint: String?

  @Option(help: ArgumentHelp("How long a run may take: 1 to 86400 seconds.", valueName: "seconds"))
  var timeout: Int64?

  @Option(
    help: ArgumentHelp("The id of the registry that the image is pulled from; an empty one is none.", valueName: "id"))
  var registry: String?

  var isUsed: Bool { setup != RunnerSetup() }

  /// What is named, in the words that were typed.
  var setup: RunnerSetup {
    var setup = RunnerSetup()
    for (field, text) in [
      (RunnerSetup.Field.name, name), (.image, image), (.tag, tag), (.command, command), (.region, region),
      (.instanceType, instanceType),
    ] {
      setup[field] = text.map { .text($0) }
    }
    for (field, text) in [(RunnerSetup.Field.entrypoint, entrypoint), (.registry, registry)] {
      setup[field] = text.map { $0.isEmpty ? .none : .text($0) }
    }
    setup[.timeout] = timeout.map { .integer($0) }
    return setup
  }
}
