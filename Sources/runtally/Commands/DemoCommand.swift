import ArgumentParser
import Runs
import Simulator

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Show everything on the simulated API: harvest it, and write every report in every format.",
    discussion: """
      The simulator of an invented company starts on a free loopback port and is harvested over real HTTP several \
      times while its clock goes on, so that a price and an instance type are seen to change.

      Example: runtally demo --output demo
      """)

  @Option(
    help: ArgumentHelp("The folder to write to; an earlier demo in it is replaced.", valueName: "folder"),
    completion: .directory)
  var output = "demo"

  @Option(help: ArgumentHelp("What the history is made from.", valueName: "number"))
  var seed = SimulatorDefaults.seed

  @Option(help: ArgumentHelp("About how many runs there are.", valueName: "count"))
  var runs = SimulatorDefaults.runs

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    if !(1...100_000_000).contains(runs) { throw ValidationError("--runs goes from 1 to 100000000.") }
  }

  func run() async throws {
    try await Demo(folder: output, seed: seed, runs: runs, quiet: quiet).run()
  }
}
