import Runs

/// The bodies of the simulated Soda API. No field of a runner is required, so what is not known is left out.
struct SodaJSON: Sendable {
  let profile: SimulatorProfile
  let now: Instant
  let rows: RowFaults

  func list(_ runners: [SodaRunner], _ page: SodaPage, _ faults: FaultsInForce) -> JSONTree {
    page.body(of: runners, faults) { content in
      .array(rows.withDuplicates(content, \.id.low).map(runner))
    }
  }

  func runner(_ runner: SodaRunner) -> JSONTree {
    let row = runner.id.low
    var lastSeen = runner.lastSeen(at: now)
    if rows.hits(.futureHeartbeat, row) { lastSeen = now.advanced(byMilliseconds: 7_200_000) }
    return .object(
      [
        ("id", .text(runner.id.text)), ("isOnline", .bool(runner.isOnline(at: now))), ("label", .text(runner.label)),
        ("lastSeenTimestamp", lastSeen.map { .text(time($0)) }), ("name", .text(runner.name)),
        ("type", rows.hits(.unknownStatus, row) ? .text("EDGE_HOSTED") : type(of: runner)),
        ("versions", versions(of: runner)),
      ] + (rows.hits(.extraFields, row) ? JSONTree.extraMembers : []))
  }

  /// A virtual runner has no documented type, and later text only suggests one.
  private func type(of runner: SodaRunner) -> JSONTree? {
    switch runner.kind {
    case .selfHosted: .text("SELF_HOSTED")
    case .sodaHosted: .text("SODA_HOSTED")
    case .virtual: profile == .observed ? .text("VIRTUAL") : nil
    }
  }

  private func versions(of runner: SodaRunner) -> JSONTree? {
    guard !runner.wasNeverSeen, runner.kind != .virtual else { return nil }
    return .object([
      ("agent", .text(runner.version)), ("library", .text(runner.library)),
      ("runner", profile == .observed ? .text(runner.version) : nil),
    ])
  }

  /// Whole seconds, in one of the two spellings that are seen.
  private func time(_ instant: Instant) -> String {
    instant.rfc3339.prefix(19) + (profile == .observed ? "+00:00" : "Z")
  }
}
