import Export
import Foundation
import Harvest
import Policy
import Reporting
import Runs
import Simulator
import Store

/// The whole way of the data in one go, on the simulated API: several harvests, then every report in every format.
struct Demo {
  var folder: String
  var seed: UInt64
  var runs: Int
  var quiet: Bool

  var ledgerPath: String { folder + "/ledger.sqlite" }
  /// A copy of the ledger, for what is changed at a vendor: the reports are of what the visits told.
  var actingPath: String { folder + "/acting.sqlite" }
  private var configurationPath: String { folder + "/runtally.yaml" }
  private var checkPath: String { folder + "/check.xml" }
  private var reportsFolder: String { folder + "/reports" }

  func run() async throws {
    try clear()
    try await harvest()
    let files = [actingPath] + (try writeReports()) + [try writeCheck()]
    try show("monthly-cost", ReportRequest(period: .lastMonth))
    try show("failure-trend", ReportRequest(runners: ["Search Index"]))
    guard !quiet else { return }
    Console.say("\nread this first, in a browser: \(reportsFolder)/summary.html")
    Console.say("\nwritten to \(folder):")
    for file in [ledgerPath, configurationPath] + files { Console.say("  " + file) }
    Console.say("\nask it more, for example: runtally report durations --config \(configurationPath)")
  }

  /// Replaces an earlier demo, and nothing else.
  private func clear() throws {
    let files = FileManager.default
    let found = (try? files.contentsOfDirectory(atPath: folder)) ?? []
    let isDemo = (try? String(contentsOfFile: configurationPath, encoding: .utf8))?.hasPrefix(Demo.mark) ?? false
    guard found.isEmpty || isDemo else { throw DemoError.occupied(folder) }
    do {
      for name in found where name == "reports" || name.hasPrefix("ledger.sqlite") || name.hasPrefix("acting.sqlite") {
        try files.removeItem(atPath: folder + "/" + name)
      }
    } catch {
      throw DemoError.cannotWrite(folder, reason: error.localizedDescription)
    }
    try makeFolders(reportsFolder)
    let target = try Output.file(configurationPath)
    try target.append(Demo.configuration)
    try target.commit()
  }

  /// One after another by hand, because the system says why and Foundation only gives a number.
  private func makeFolders(_ path: String) throws {
    var end = path.startIndex
    while end < path.endIndex {
      end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
      guard mkdir(String(path[..<end]), 0o777) == 0 || errno == EEXIST else {
        throw DemoError.cannotWrite(folder, reason: String(cString: strerror(errno)))
      }
    }
  }

  /// Visits the simulator at several instants of its own clock, as a nightly job would.
  private func harvest() async throws {
    let configuration = try Configuration(file: configurationPath)
    let clock = SimulatorClock(at: SimulatorDefaults.demoVisits.first ?? SimulatorDefaults.now)
    let world = NodionWorld(seed: seed, runs: runs)
    try await SimulatorServer.withRunning(world: world, clock: clock, profile: .observed) { server in
      if !quiet { Console.say("the simulated APIs answer at 127.0.0.1:\(server.port)") }
      let sources = try configuration.sources(named: []).map { source in
        var source = source
        source.values["url"] = server.url(of: source.api.id)
        return source
      }
      try await PreparedSource.with(sources, environment: Demo.keys) { prepared in
        for visit in SimulatorDefaults.demoVisits {
          clock.set(to: visit)
          if !quiet { Console.say("visit at \(visit):") }
          let pipeline = HarvestPipeline(
            configuration: configuration, concurrency: 4, wait: .seconds(10), quiet: quiet, clock: { clock.now })
          try await pipeline.run(prepared.map { ($0.source, .network($0, savingTo: nil)) }, arrival: Arrival())
        }
      }
      var acting = configuration
      acting.sources = sources
      try await act(by: acting, keys: Demo.keys, clock)
    }
  }

  private func writeReports() throws -> [String] {
    let reporter = Reporter(ledger: try ReadLedger.open(ledgerPath), generator: Runtally.generator)
    var files: [String] = []
    for report in try ReportCatalog.builtIn() {
      for format in report.formats.compactMap(Format.init(rawValue:)) {
        let path = "\(reportsFolder)/\(report.name).\(format.fileExtension)"
        let target = try Output.file(path)
        var writer = format.makeWriter(to: target)
        try reporter.write(try ReportCatalog.definition(named: report.name, format: format.rawValue), to: &writer)
        try target.commit()
        files.append(path)
      }
    }
    return files
  }

  /// The policy's test cases, as a CI server would keep them.
  private func writeCheck() throws -> String {
    let configuration = try Configuration(file: configurationPath)
    if let policy = configuration.policy {
      let ledger = try ReadLedger.open(ledgerPath)
      let answer = try PolicyCheck.answer(
        ledger, policy, labels: configuration.labels, generator: Runtally.generator, now: SimulatorDefaults.now)
      let target = try Output.file(checkPath)
      var writer = Format.junit.makeWriter(to: target)
      try answer.write(to: &writer, as: .junit)
      try target.commit()
    }
    return checkPath
  }

  private func show(_ report: String, _ request: ReportRequest) throws {
    let reporter = Reporter(ledger: try ReadLedger.open(ledgerPath), generator: Runtally.generator)
    let target = try StandardFile.output(nil)
    var writer = Format.table.makeWriter(
      to: target, options: WriterOptions(color: Console.usesColor, width: Console.width))
    let summary = try reporter.write(try ReportCatalog.definition(named: report), request, to: &writer)
    try target.commit()
    if !quiet { Console.say(summary.coverage.line + "\n") }
  }

  private static let mark = "# Made by `runtally demo`"

  private static let configuration = """
    \(mark), which replaces this folder's ledger and reports each time.
    database: ledger.sqlite
    timezone: Europe/Berlin
    currency: EUR
    sources:
      production:
        vendor: nodion
        url: "http://127.0.0.1:8080/v1" # runtally simulate --port 8080 --profile observed
        token: "${NODION_TOKEN}"
      agents:
        vendor: agentsmesh
        url: "http://127.0.0.1:8080/api/v1/ext/orgs/acme"
        token: "${AGENTSMESH_KEY}"
      quality:
        vendor: soda
        url: "http://127.0.0.1:8080/soda"
        key_id: "${SODA_KEY_ID}"
        key_secret: "${SODA_KEY_SECRET}"
    prices: # AgentsMesh names none
      - {source: agents, runner: "*", price_second: "0.00001"}
      - {source: agents, runner: "gpu-*", price_second: "0.00012"}
      - {source: agents, runner: "gpu-*", price_second: "0.00013", from: 2026-03-01}
    policy: # what `runtally check` demands
      budget: {source: agents, amount: "75", on: forecast, warn_at: [0.5, 0.75]}
      failure_rate:
        - {source: production, max: 0.12}
        - {runner: "Search Index", max: 0.05}
      duration: {source: production, percentile: p95, max: 45m}
      silent: {runner: "Database Backup", after: 26h}
      coverage: {within: 26h}
      unpriced: {}
      stale: false # the simulated company's clock stands still

    """
}

extension Demo {
  /// The simulator's keys, under the names that the configuration has for them.
  private static let keys = [
    "NODION_TOKEN": SimulatorDefaults.token,
    "AGENTSMESH_KEY": SimulatorDefaults.agentsMeshKey,
    "SODA_KEY_ID": SimulatorDefaults.sodaKeyID,
    "SODA_KEY_SECRET": SimulatorDefaults.sodaKeySecret,
  ]
}

/// Why the demo did not begin.
enum DemoError: Error, CustomStringConvertible {
  case occupied(String)
  case cannotWrite(String, reason: String)

  var description: String {
    switch self {
    case .occupied(let folder):
      "\(folder) is not empty and holds no earlier demo; choose another folder with --output"
    case .cannotWrite(let folder, let reason):
      "\(folder) cannot be written (\(reason)); choose another folder with --output"
    }
  }
}
