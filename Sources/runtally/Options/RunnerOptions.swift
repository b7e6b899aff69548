import ArgumentParser

/// Whose runs are meant. Of several sources or runners all count, and no value is lost.
struct RunnerOptions: ParsableArguments {
  @Option(
    name: .customLong("source"),
    help: ArgumentHelp("Only this source; may be repeated, and all of them count.", valueName: "name"),
    completion: .sources)
  var sources: [String] = []

  @Option(
    name: .customLong("runner"),
    help: ArgumentHelp(
      "Only runners with this id, newest name, or glob such as \"backup-*\"; may be repeated, and all of them count.",
      valueName: "runner"),
    completion: .runners)
  var runners: [String] = []
}
