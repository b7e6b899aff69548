import ArgumentParser
import Foundation
import Runs
import Simulator

struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Serve simulated APIs of all three vendors on loopback, with the history of an invented company.",
    discussion: """
      The same seed gives the same history. Its clock stands at --now, or goes with the real one. The answers that the \
      vendors' documentation leaves open are invented. Soda's rate limits hold in real time.

      Faults, from 0 to 1 of the requests or rows, optionally of some paths only:

      \(faults)

      Example: runtally simulate --port 8080 --now 2026-04-01T06:00:00Z --fault mixed=0.2 --fault cut=0.1@/pods
      """)

  private static var faults: String {
    let names = SimulatorFault.Name.allCases
    let width = names.map(\.rawValue.count).max() ?? 0
    return names.map { name in
      "  " + name.rawValue.padding(toLength: width + 2, withPad: " ", startingAt: 0) + name.explanation
    }.joined(separator: "\n")
  }

  @Option(help: ArgumentHelp("The port on 127.0.0.1; 0 takes a free one.", valueName: "number"))
  var port = 0

  @Option(help: ArgumentHelp("What the history is made from.", valueName: "number"))
  var seed = SimulatorDefaults.seed

  @Option(help: ArgumentHelp("About how many runs there are.", valueName: "count"))
  var runs = SimulatorDefaults.runs

  @Option(
    help: ArgumentHelp(
      "The instant at which the simulator's clock stands still. (default: the real time)", valueName: "instant"))
  var now: String?

  @Option(
    help: ArgumentHelp(
      "Write the answers to this folder, in the layout of `runtally import`, and end.", valueName: "folder"),
    completion: .directory)
  var bodies: String?

  @Option(help: ArgumentHelp("Whose answers --bodies writes.", valueName: "vendor"))
  var vendor = SimulatedVendor.nodion

  @Option(
    help: ArgumentHelp(
      "Answer as the vendors' documentation shows it, or as their servers were seen to.", valueName: "name"))
  var profile = SimulatorProfile.documented

  @Option(
    name: .customLong("fault"),
    help: ArgumentHelp("Misbehave in this way; can be given several times.", valueName: "name[=rate][@path]"),
    completion: .faults,
    transform: { try SimulatorFault(parsing: $0) })
  var faults: [SimulatorFault] = []

  func validate() throws {
    if !(0...65_535).contains(port) { throw ValidationError("--port goes from 1 to 65535, or is 0 for a free one.") }
    if !(1...100_000_000).contains(runs) { throw ValidationError("--runs goes from 1 to 100000000.") }
  }

  func run() async throws {
    let standing = try now.map { try Instant(rfc3339: $0) }
    let clock = standing.map(SimulatorClock.init(at:)) ?? SimulatorClock(following: { .now() })
    if let bodies {
      let history = SimulatedHistory(seed: seed, runs: runs, now: clock.now, profile: profile)
      let count = try vendor.writeBodies(history, URL(fileURLWithPath: bodies))
      Console.say("wrote \(count.countedInGroups(vendor.noun)) to \(bodies)")
      return
    }
    let server = try await SimulatorServer.start(
      world: NodionWorld(seed: seed, runs: runs, at: clock.now), agentsMesh: AgentsMeshWorld(seed: seed, at: clock.now),
      clock: clock, port: port, profile: profile, faults: faults)
    for vendor in SimulatedVendor.all {
      let url = server.url(of: vendor.id) ?? "nowhere"
      Console.say("the simulated \(vendor.name) API answers at \(url), with \(vendor.access)")
    }
    Console.say("stop it with Ctrl-C")
    await server.waitUntilStopped()
  }
}

extension SimulatorProfile: ExpressibleByArgument {}

extension SimulatedVendor: ExpressibleByArgument {
  package init?(argument: String) {
    guard let vendor = SimulatedVendor.all.first(where: { $0.id == argument }) else { return nil }
    self = vendor
  }

  package var defaultValueDescription: String { id }

  package static var allValueStrings: [String] { all.map(\.id) }

  package static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
