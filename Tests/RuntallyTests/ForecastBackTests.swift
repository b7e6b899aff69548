import Foundation
import Runs
import Simulator
import Testing

/// Forecasts of the simulated companies' months, held against what the months came to cost.
@Suite(.timeLimit(.minutes(60)))
struct ForecastBackTests {
  private struct Row: Decodable {
    var month: String
    var source: String
    var costSoFar: String?
    var forecastLow: String?
    var forecastHigh: String?
  }

  @Test("at the 10th and the 20th, the interval holds the true cost of the month in at least 85 % of all cases")
  func intervals() async throws {
    var held = 0
    var asked = 0
    for seed: UInt64 in 1...4 {
      let place = try await company()
      let (nodion, agents) = (NodionWorld(seed: seed, runs: 700), AgentsMeshWorld(seed: seed, pods: 500))
      func visit(_ day: String) async throws {
        let now = try Instant(rfc3339: day + "T05:00:00Z")
        try NodionBodies(of: nodion, at: now).write(to: place.url("nodion"))
        try AgentsMeshBodies(of: agents, at: now, profile: .observed).write(to: place.url("agents"))
        #expect(try await place.importBodies(from: "nodion", asOf: now.rfc3339).exitCode == 0)
        #expect(try await place.run("import", "agents", "agents", "--as-of", now.rfc3339).exitCode == 0)
      }
      var forecasts: [Row] = []
      for month in ["2026-01", "2026-02", "2026-03", "2026-04"] {
        for day in ["10", "20"] {
          try await visit("\(month)-\(day)")
          forecasts += try await rows(place, "this")
        }
      }
      try await visit("2026-05-15")
      for forecast in forecasts {
        let truth = try await rows(place, forecast.month).first { $0.source == forecast.source }
        let cost = try Money(try #require(truth?.costSoFar))
        let low = try Money(try #require(forecast.forecastLow))
        let high = try Money(try #require(forecast.forecastHigh))
        asked += 1
        held += low <= cost && cost <= high ? 1 : 0
      }
    }
    #expect(asked == 64)
    #expect(held * 100 >= asked * 85, "\(held) of \(asked)")
  }

  private func company() async throws -> Workplace {
    let place = try Workplace()
    try place.configure(
      more: """
          agents: {vendor: agentsmesh}
        prices:
          - {source: agents, runner: "*", price_second: "0.00001"}
          - {source: agents, runner: "gpu-*", price_second: "0.00012"}
        """)
    return place
  }

  private func rows(_ place: Workplace, _ month: String) async throws -> [Row] {
    let report = try await place.run("report", "forecast", "--month", month, "--format", "jsonl", "--quiet")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try report.out.split(separator: "\n").map { try decoder.decode(Row.self, from: Data($0.utf8)) }
  }
}
