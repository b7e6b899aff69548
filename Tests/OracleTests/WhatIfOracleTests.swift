import Reporting
import Runs
import Store
import TestSupport
import Testing

/// What might have been, worked out a second time: the same history told with other prices and machines.
@Suite struct WhatIfOracleTests {
  private static let zones = Dictionary(
    uniqueKeysWithValues: OracleWorld.zones.compactMap { name in
      (try? TimeZoneDatabase.rules(named: name)).map { (name, $0) }
    })

  private static let definition = try? ReportCatalog.definition(named: "monthly-cost")

  /// A history with a ledger of it.
  private func world(_ seed: Int, _ folder: TemporaryFolder) async throws -> (OracleWorld, Ledger, PlainQuestion)? {
    var world = try OracleWorld(seed: seed)
    let rules = try #require(WhatIfOracleTests.zones[world.zone])
    let ledger = try Ledger.make(in: folder, zone: rules, name: "\(seed).sqlite")
    try await world.fill(ledger, visits: 8)
    guard let view = PlainView(world.told, zone: world.zone) else { return nil }
    let definition = try #require(WhatIfOracleTests.definition)
    return (world, ledger, PlainQuestion(view, ReportRequest(period: .all), definition, labels: []))
  }

  private func ask(_ ledger: Ledger, _ request: WhatIfRequest) throws -> AskedReport {
    var writer: any RowWriter = AskedReport()
    try WhatIfReplay(ledger: ledger, generator: "runtally").write(request, to: &writer)
    return writer as? AskedReport ?? AskedReport()
  }

  @Test("a replay costs what the history costs when it is told with the other prices and machines", arguments: 0..<8)
  func agreement(block: Int) async throws {
    let folder = try TemporaryFolder()
    var compared = 0
    for seed in 20_000 + block * 8..<20_008 + block * 8 {
      guard let (world, ledger, question) = try await world(seed, folder) else { continue }
      var random = world.random
      let source = random.pick(world.told.sources).name
      let types = world.told.sources.first { $0.name == source }?.typeNames.sorted { $0.key < $1.key } ?? []
      guard let type = types.isEmpty ? nil : random.pick(types) else { continue }
      let text = random.pick(["0.0000038", "0", "1e-18", "3"])
      var told = world.told
      var request = WhatIfRequest(period: .all, sources: [source])
      if random.oneIn(3) {
        request.prices = [try .init(text)]
        told.suppose(text, nil, of: source)
      } else {
        request.prices = [try .init("\(type.value)=\(text)")]
        told.suppose(text, type.key, of: source)
        if random.oneIn(2) {
          request.instanceType = type.key
          told.move(to: type.key, of: source)
        }
      }
      let view = try #require(PlainView(told, zone: world.zone))
      let expected = question.whatIf(view, source: source)
      let report = try ask(ledger, request)
      let columns = WhatIfReplay.columns.map(\.name)
      if let problem = difference(expected, report.rows, columns: columns) {
        Issue.record("seed \(seed), \(request): \(problem)")
      }
      compared += expected.count
      ledger.close()
    }
    #expect(compared > 0)
  }

  @Test("under the true price, and on the true machine, no row has a difference", arguments: 0..<4)
  func truth(block: Int) async throws {
    let folder = try TemporaryFolder()
    var compared = 0
    for seed in 30_000 + block * 12..<30_012 + block * 12 {
      guard let (world, ledger, question) = try await world(seed, folder) else { continue }
      for (number, source) in world.told.sources.enumerated() {
        for (type, name) in source.typeNames {
          let lines = world.told.prices.filter { $0.subject == .type(source: number, id: type) }
          // Where one price held all the time and nothing else was paid on the machine.
          guard lines.count == 1, !world.told.prices.contains(where: \.isConfigured) else { continue }
          let request = WhatIfRequest(
            period: .all, sources: [source.name], prices: [try .init("\(name)=\(lines[0].price.text)")])
          let report = try ask(ledger, request)
          for row in report.rows {
            let difference = report.value("difference", row)
            #expect(report.value("cost", row) == report.value("whatif_cost", row), "seed \(seed)")
            #expect(difference == .text("0") || report.value("cost", row) == .null, "seed \(seed)")
          }
          compared += report.rows.count
        }
        for runner in world.told.runners where runner.source == number {
          // On one machine all the time, which has a price.
          guard let type = runner.newest.type, runner.versions.allSatisfy({ $0.settings.type == type }),
            world.told.prices.contains(where: { $0.subject == .type(source: number, id: type) })
          else { continue }
          let report = try ask(
            ledger, WhatIfRequest(period: .all, sources: [source.name], runners: [runner.id], instanceType: type))
          #expect(report.rows.allSatisfy { report.value("difference", $0) == .text("0") }, "seed \(seed)")
          compared += report.rows.count
        }
      }
      #expect(question.to > question.from)
      ledger.close()
    }
    #expect(compared > 0)
  }
}

extension ToldLedger {
  /// A price since ever that beats all others: of an instance type, or of every runner.
  fileprivate mutating func suppose(_ text: String, _ type: String?, of name: String) {
    guard let source = sources.firstIndex(where: { $0.name == name }) else { return }
    let subjects: [PriceLine.Subject] =
      type.map { [.type(source: source, id: $0)] }
      ?? runners.indices.filter { runners[$0].source == source }.map { .runner($0) }
    for subject in subjects {
      prices.append(PriceLine(subject: subject, price: PlainDecimal(price: text), isConfigured: true))
    }
  }

  fileprivate mutating func move(to type: String, of name: String) {
    for runner in runners.indices where sources[runners[runner].source].name == name {
      var settings = runners[runner].newest
      settings.type = type
      runners[runner].versions = [Version(from: 0, settings: settings)]
    }
  }
}

extension PlainQuestion {
  private struct Key: Hashable {
    var month: String
    var runner: Int
    var currency: String?
  }

  private static func costs(_ runs: [PricedRun], _ view: PlainView, _ days: Range<Int64>) -> [Key: PlainCost] {
    var costs: [Key: PlainCost] = [:]
    for run in runs {
      for piece in run.pieces where days.contains(piece.day) {
        let key = Key(
          month: PlainCalendar.month(of: piece.day), runner: run.run.runner,
          currency: view.pricing.currency(piece.place.price, of: run.run.runner))
        costs[key, default: PlainCost()].add(
          piece.billed, at: piece.place.price.map { view.told.prices[$0].price })
      }
    }
    return costs
  }

  fileprivate func whatIf(_ supposed: PlainView, source: String) -> [[Value]] {
    func mine(_ runs: [PricedRun]) -> [PricedRun] { runs.filter { view.sourceName(of: $0.run.runner) == source } }
    let before = PlainQuestion.costs(mine(view.finished), view, period)
    let after = PlainQuestion.costs(mine(supposed.finished), supposed, period)
    return ExpectedRow.sorted(
      Set(before.keys).union(after.keys).map { key in
        let (cost, whatIf) = (before[key] ?? PlainCost(), after[key] ?? PlainCost())
        let runner = view.told.runners[key.runner]
        var difference: Value = .null
        if let a = cost.amount, let b = whatIf.amount {
          difference = .text(b < a ? "-" + (a - b).text : (b - a).text)
        }
        return ExpectedRow(
          keys: [.of(key.month), .of(source), .of(runner.newest.name), .of(runner.id), .of(key.currency)],
          values: [
            .text(key.month), .text(source), .text(runner.newest.name), .text(runner.id),
            .integer(max(cost.milliseconds, whatIf.milliseconds)), Value(cost.amount), Value(whatIf.amount),
            difference, Value(key.currency),
          ])
      })
  }
}
