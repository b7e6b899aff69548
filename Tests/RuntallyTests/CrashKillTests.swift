import Foundation
import Simulator
import Testing

/// Harvests that are killed at any instant of their lives: nothing is lost, nothing is made up, and the next one
/// completes what the killed one began.
///
/// `RUNTALLY_KILLS=200 swift test --filter CrashKillTests` kills more often.
@Suite(.timeLimit(.minutes(60))) struct CrashKillTests {
  private static let kills = ProcessInfo.processInfo.environment["RUNTALLY_KILLS"].flatMap { Int($0) } ?? 20

  /// Which of two visits is killed: the first one into no ledger at all, or one that finds changes.
  private enum Visit: CaseIterable {
    case first, second
  }

  /// What visits leave that nobody killed, and how long they took.
  private struct Reference {
    var ledger: URL
    var tables: CrashTables
    var life: Duration
  }

  @Test("a harvest killed at any instant leaves a sound ledger, and the next one ends as if none had been killed")
  func killed() async throws {
    try await CrashSite.withServer { server, clock in
      let undisturbed = try Workplace(for: server)
      var references: [Visit: Reference] = [:]
      for visit in Visit.allCases {
        turn(server, clock, to: visit)
        let began = ContinuousClock.now
        #expect(try await undisturbed.harvestSite().exitCode == 0)
        let life = ContinuousClock.now - began
        let copy = undisturbed.url("\(visit).sqlite")
        try FileManager.default.copyItem(at: undisturbed.url("ledger.sqlite"), to: copy)
        references[visit] = Reference(ledger: copy, tables: try undisturbed.crashTables(), life: life)
      }
      let first = try #require(references[.first])
      let second = try #require(references[.second])
      #expect(second.tables["run_version"].count > 0 && second.tables["price"].count > first.tables["price"].count)
      #expect(second.tables["runner"].contains { $0.hasSuffix(" | 1") }, "a runner is gone at the second visit")

      var dice = CrashDice(seed: 9)
      var lives = references.mapValues(\.life)
      for number in 0..<CrashKillTests.kills {
        let visit: Visit = number.isMultiple(of: 2) ? .first : .second
        turn(server, clock, to: visit)
        let reference = visit == .first ? first : second
        // One kill in each stretch of the life, at a random instant of the stretch.
        let share = (Double(number / 2) + dice.unit()) / Double((CrashKillTests.kills + 1) / 2)
        let (place, instant) = try await killedHarvest(
          of: server, from: visit == .first ? nil : first.ledger, at: share, ofLife: &lives[visit, default: .zero])
        let comment: Comment = "kill \(number) of the \(visit) visit after \(instant)"
        try await expectSound(place, comment)

        let next = try await place.harvestSite()
        #expect(next.exitCode == 0, "\(comment): \(next.err)")
        #expect(place.files() == ["ledger.sqlite", "runtally.yaml"], comment)
        try await expectSound(place, comment)
        #expect(try place.crashTables().differences(from: reference.tables) == [], comment)
      }
    }
  }

  /// At the second visit the clock is on, and some runners were deleted with all their runs.
  private func turn(_ server: SimulatorServer, _ clock: SimulatorClock, to visit: Visit) {
    clock.set(to: visit == .first ? CrashSite.early : CrashSite.late)
    server.faults = visit == .first ? [] : [SimulatorFault(.vanishedRunner, rate: 0.07)]
  }

  /// A folder in which a harvest was killed, and how long after its start.
  ///
  /// One that had ended before tells how long a harvest lives by now; another one is killed in a fresh folder then.
  private func killedHarvest(
    of server: SimulatorServer, from ledger: URL?, at share: Double, ofLife life: inout Duration
  ) async throws -> (Workplace, Duration) {
    while true {
      let place = try Workplace(for: server, ledger: ledger)
      let began = ContinuousClock.now
      let harvest = try place.startSite()
      while harvest.isRunning, ContinuousClock.now - began < life * share {
        try await Task.sleep(for: .milliseconds(1))
      }
      let instant = ContinuousClock.now - began
      harvest.send(signal: SIGKILL)
      let finished = try await harvest.finished()
      if finished.exitCode == 128 + SIGKILL { return (place, instant) }
      #expect(finished.exitCode == 0, "\(finished.err)")
      life = min(life, instant) * 0.9
    }
  }

  /// A ledger that was not made yet is none that could be unsound.
  private func expectSound(_ place: Workplace, _ comment: Comment) async throws {
    guard place.exists("ledger.sqlite") else { return }
    let verified = try await place.run("verify")
    #expect(verified.exitCode == 0, "\(comment): \(verified.err)")
  }
}

/// Chance that is the same in every run of the tests.
struct CrashDice {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// From 0 up to 1.
  mutating func unit() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / Double(1 << 53)
  }
}
