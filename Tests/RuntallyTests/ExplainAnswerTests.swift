import Export
import Foundation
import Harvest
import Runs
import Store
import TestSupport
import Testing

@testable import runtally

/// An explanation as a person and as a program read it.
@Suite struct ExplainAnswerTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder, zone: try TimeZoneDatabase.rules(named: "Europe/Berlin"))
  }

  private func answer(_ run: String) throws -> ExplainAnswer {
    ExplainAnswer(try ledger.read { try $0.explain(run: run, vendors: Vendors.all.vendors) })
  }

  private func text(_ run: String) throws -> String {
    try answer(run).lines.joined(separator: "\n")
  }

  private func backup(_ price: String?, timeout: Int64? = 3600) throws -> RunnerRecord {
    make(runner: "backup", timeout: timeout, type: try make(type: "small", price: price))
  }

  /// A run over midnight at the end of a month, with a price that was seen to change, that took its timeout.
  private func timedOut() async throws {
    let created = try make(openRun: "r1", started: nil, created: "2026-01-31T22:29:50Z")
    let failed = try make(
      run: "r1", "failed", created: "2026-01-31T22:29:50Z", started: "2026-01-31T22:30:00Z",
      completed: "2026-01-31T23:29:59Z", exit: 137)
    try await ledger.harvest(VendorAnswer(of: try backup("0.0000019"), created), at: "2026-01-31T22:29:55Z")
    try await ledger.harvest(VendorAnswer(of: try backup("0.0000038"), failed), at: "2026-02-01T00:00:00Z")
  }

  @Test("a finished run, line by line")
  func finished() async throws {
    try await timedOut()
    #expect(
      try text("r1") == """
        run r1 of Backup (backup), production (nodion)

        outcome      timeout, inferred: failed, ran 3599.000 s of a timeout of 3600 s, exit code 137
        created      2026-01-31T22:29:50.000Z
        started      2026-01-31T22:30:00.000Z
        completed    2026-01-31T23:29:59.000Z
        updated      –
        ended        2026-01-31T23:29:59.000Z
        queue        10.000 s, from created to started
        runtime      3599.000 s, from started to ended
        machine      small
        billing      exact: adds nothing to the time

        2026-01-31   2026-01-31T22:30:00.000Z to 2026-01-31T23:00:00.000Z, 1800.000 s
                     1800.000 s × 0.0000019 = 0.00342 EUR
                     price observed by the harvest of 2026-01-31T22:29:55.000Z, valid from 2026-01-31T22:29:55.000Z
                     assumed: this price was last seen at 2026-01-31T22:29:55.000Z, another one first at 2026-02-01T00:00:00.000Z
        2026-02-01   2026-01-31T23:00:00.000Z to 2026-01-31T23:29:59.000Z, 1799.000 s
                     1799.000 s × 0.0000019 = 0.0034181 EUR
                     price observed by the harvest of 2026-01-31T22:29:55.000Z, valid from 2026-01-31T22:29:55.000Z
                     assumed: this price was last seen at 2026-01-31T22:29:55.000Z, another one first at 2026-02-01T00:00:00.000Z
        cost         0.00342 + 0.0034181 = 0.0068381 EUR, exact: nothing was rounded
        in 2026-01   1800.000 s, 0.00342 EUR
        in 2026-02   1799.000 s, 0.0034181 EUR

        first seen   by the harvest of 2026-01-31T22:29:55.000Z
        until then   pending (pending), seen by the harvest of 2026-01-31T22:29:55.000Z, replaced by the harvest of 2026-02-01T00:00:00.000Z
                     created 2026-01-31T22:29:50.000Z
        now          failed, seen by the harvest of 2026-02-01T00:00:00.000Z
        list read    completely at 2026-02-01T00:00:00.000Z, the last time
        """)
  }

  @Test("the same as JSON")
  func json() async throws {
    try await timedOut()
    #expect(
      try Output.text({ try $0.append(answer("r1").json) }) == """
        {
          "source": "production",
          "vendor": "nodion",
          "runner": "Backup",
          "runner_id": "backup",
          "run_id": "r1",
          "timezone": "Europe/Berlin",
          "status": "failed",
          "outcome": "timeout",
          "outcome_inferred": true,
          "exit_code": 137,
          "created_at": "2026-01-31T22:29:50.000Z",
          "started_at": "2026-01-31T22:30:00.000Z",
          "completed_at": "2026-01-31T23:29:59.000Z",
          "updated_at": null,
          "ended_at": "2026-01-31T23:29:59.000Z",
          "seen": {
            "sequence": 2,
            "kind": "harvest",
            "at": "2026-02-01T00:00:00.000Z"
          },
          "outcome_because": "failed, ran 3599.000 s of a timeout of 3600 s, exit code 137",
          "ended_because": "completion",
          "queue_seconds": 10.000,
          "queue_because": "10.000 s, from created to started",
          "runtime_seconds": 3599.000,
          "runtime_because": "3599.000 s, from started to ended",
          "instance_type": "small",
          "cost": {
            "basis": "whole",
            "until": null,
            "because": null,
            "billing_rule": "exact",
            "added_seconds": 0.000,
            "slices": [
              {
                "day": "2026-01-31",
                "from_at": "2026-01-31T22:30:00.000Z",
                "to_at": "2026-01-31T23:00:00.000Z",
                "length_seconds": 1800.000,
                "billed_seconds": 1800.000,
                "price_second": "0.0000019",
                "currency": "EUR",
                "price_origin": "observed",
                "price_of_runner": false,
                "price_valid_from": "2026-01-31T22:29:55.000Z",
                "price_entered": {
                  "sequence": 1,
                  "kind": "harvest",
                  "at": "2026-01-31T22:29:55.000Z"
                },
                "price_assumed": true,
                "assumed_because": [
                  "this price was last seen at 2026-01-31T22:29:55.000Z, another one first at 2026-02-01T00:00:00.000Z"
                ],
                "cost": "0.00342"
              },
              {
                "day": "2026-02-01",
                "from_at": "2026-01-31T23:00:00.000Z",
                "to_at": "2026-01-31T23:29:59.000Z",
                "length_seconds": 1799.000,
                "billed_seconds": 1799.000,
                "price_second": "0.0000019",
                "currency": "EUR",
                "price_origin": "observed",
                "price_of_runner": false,
                "price_valid_from": "2026-01-31T22:29:55.000Z",
                "price_entered": {
                  "sequence": 1,
                  "kind": "harvest",
                  "at": "2026-01-31T22:29:55.000Z"
                },
                "price_assumed": true,
                "assumed_because": [
                  "this price was last seen at 2026-01-31T22:29:55.000Z, another one first at 2026-02-01T00:00:00.000Z"
                ],
                "cost": "0.0034181"
              }
            ],
            "total": "0.0068381",
            "currency": "EUR",
            "unpriced_seconds": 0.000,
            "months": [
              {
                "month": "2026-01",
                "billed_seconds": 1800.000,
                "cost": "0.00342"
              },
              {
                "month": "2026-02",
                "billed_seconds": 1799.000,
                "cost": "0.0034181"
              }
            ]
          },
          "first_seen": {
            "sequence": 1,
            "kind": "harvest",
            "at": "2026-01-31T22:29:55.000Z"
          },
          "superseded": [
            {
              "status": "pending",
              "outcome": "pending",
              "outcome_inferred": false,
              "exit_code": null,
              "created_at": "2026-01-31T22:29:50.000Z",
              "started_at": null,
              "completed_at": null,
              "updated_at": null,
              "ended_at": null,
              "seen": {
                "sequence": 1,
                "kind": "harvest",
                "at": "2026-01-31T22:29:55.000Z"
              },
              "replaced_by": {
                "sequence": 2,
                "kind": "harvest",
                "at": "2026-02-01T00:00:00.000Z"
              }
            }
          ],
          "settlements": [],
          "missing_since": null,
          "list_read_at": "2026-02-01T00:00:00.000Z",
          "action": null
        }
        """)
  }

  @Test("what is missing, contradicts itself or is a guess is said in words")
  func oddities() async throws {
    let minute = SourceSettings(name: "production", vendor: .nodion, billingRule: .minimumSeconds(60))
    try await ledger.harvest(
      VendorAnswer(
        of: try backup(nil),
        try make(run: "back", "failed", created: "2026-01-15T10:00:05Z", completed: "2026-01-15T09:59:58Z", exit: 2),
        RunRecord(id: "bare", status: "failed"),
        try make(run: "updated", completed: nil, updated: "2026-01-15T10:02:00Z"),
        try make(run: "odd", "\u{1B}[2Jevicted"), try make(openRun: "open", started: "2026-01-15T10:00:00Z"),
        try make(openRun: "pending", started: nil, created: "2026-01-15T10:00:00Z")),
      at: "2026-01-16T00:00:00Z", source: minute)
    func without(_ run: String) throws -> String { try text(run) + "\n" }
    #expect(
      try ["back", "bare", "updated", "odd", "open", "pending"].map(without).joined(separator: "----\n") == """
        run back of Backup (backup), production (nodion)

        outcome      failure: failed with exit code 2; no timeout: it ran 0.000 s of a timeout of 3600 s
        created      2026-01-15T10:00:05.000Z
        started      2026-01-15T10:00:00.000Z
        completed    2026-01-15T09:59:58.000Z
        updated      –
        ended        2026-01-15T09:59:58.000Z
        queue        counts as 0: it started 5.000 s before it was created
        runtime      counts as 0: it ended 2.000 s before it was started
        machine      small
        billing      minimum-seconds: 60: adds 60.000 s to the time

        2026-01-15   2026-01-15T09:59:58.000Z to 2026-01-15T09:59:58.000Z, 0.000 s, and 60.000 s by the billing rule
                     60.000 s unpriced: no price of it is known
        cost         60.000 s unpriced, and in no sum
        in 2026-01   60.000 s, unpriced

        first seen   by the harvest of 2026-01-16T00:00:00.000Z
        list read    completely at 2026-01-16T00:00:00.000Z, the last time
        ----
        run bare of Backup (backup), production (nodion)

        outcome      error: failed without an exit code; no timeout: it has no runtime
        created      –
        started      –
        completed    –
        updated      –
        ended        2026-01-16T00:00:00.000Z, when it was first seen finished: the vendor gives neither completion nor update
        queue        none: the vendor gives no creation
        runtime      none: it never started
        machine      small
        billing      minimum-seconds: 60: adds nothing to the time

        cost         none: it is finished and never started

        first seen   by the harvest of 2026-01-16T00:00:00.000Z
        list read    completely at 2026-01-16T00:00:00.000Z, the last time
        ----
        run updated of Backup (backup), production (nodion)

        outcome      success: the vendor says succeeded, exit code 0
        created      2026-01-15T09:59:50.000Z
        started      2026-01-15T10:00:00.000Z
        completed    –
        updated      2026-01-15T10:02:00.000Z
        ended        2026-01-15T10:02:00.000Z, its last update: the vendor gives no completion
        queue        10.000 s, from created to started
        runtime      120.000 s, from started to ended
        machine      small
        billing      minimum-seconds: 60: adds nothing to the time

        2026-01-15   2026-01-15T10:00:00.000Z to 2026-01-15T10:02:00.000Z, 120.000 s
                     120.000 s unpriced: no price of it is known
        cost         120.000 s unpriced, and in no sum
        in 2026-01   120.000 s, unpriced

        first seen   by the harvest of 2026-01-16T00:00:00.000Z
        list read    completely at 2026-01-16T00:00:00.000Z, the last time
        ----
        run odd of Backup (backup), production (nodion)

        outcome      unknown: this version does not know the word ·[2Jevicted; its completion says that it is finished
        created      2026-01-15T09:59:50.000Z
        started      2026-01-15T10:00:00.000Z
        completed    2026-01-15T10:04:30.000Z
        updated      –
        ended        2026-01-15T10:04:30.000Z
        queue        10.000 s, from created to started
        runtime      270.000 s, from started to ended
        machine      small
        billing      minimum-seconds: 60: adds nothing to the time

        2026-01-15   2026-01-15T10:00:00.000Z to 2026-01-15T10:04:30.000Z, 270.000 s
                     270.000 s unpriced: no price of it is known
        cost         270.000 s unpriced, and in no sum
        in 2026-01   270.000 s, unpriced

        first seen   by the harvest of 2026-01-16T00:00:00.000Z
        list read    completely at 2026-01-16T00:00:00.000Z, the last time
        ----
        run open of Backup (backup), production (nodion)

        outcome      running: the vendor says running
        created      2026-01-15T09:59:50.000Z
        started      2026-01-15T10:00:00.000Z
        completed    –
        updated      –
        ended        –: it is still open
        queue        10.000 s, from created to started
        runtime      none yet: it is still open
        machine      small
        billing      minimum-seconds: 60: adds nothing to the time

        2026-01-15   2026-01-15T10:00:00.000Z to 2026-01-15T11:00:00.000Z, 3600.000 s
                     3600.000 s unpriced: no price of it is known
        accrued      3600.000 s unpriced, and in no sum
                     so far, up to 2026-01-15T11:00:00.000Z: its runner's timeout ended there, and nothing is counted past it, though it was listed later
        in 2026-01   3600.000 s, unpriced

        first seen   by the harvest of 2026-01-16T00:00:00.000Z
        list read    completely at 2026-01-16T00:00:00.000Z, the last time
        ----
        run pending of Backup (backup), production (nodion)

        outcome      pending: the vendor says pending
        created      2026-01-15T10:00:00.000Z
        started      –
        completed    –
        updated      –
        ended        –: it is still open
        queue        none yet: it has not started
        runtime      none yet: it has not started
        machine      small
        billing      minimum-seconds: 60: adds nothing to the time

        cost         none: it has not started yet

        first seen   by the harvest of 2026-01-16T00:00:00.000Z
        list read    completely at 2026-01-16T00:00:00.000Z, the last time

        """)
  }

  @Test("an open run says how far it is known, and one that vanished since when")
  func openRuns() async throws {
    let open = try make(openRun: "r1", started: "2026-01-15T10:00:00Z")
    let other = try make(run: "r2")
    try await ledger.harvest(VendorAnswer(of: try backup("0.0000019"), open, other), at: "2026-01-15T11:00:00Z")
    #expect(
      try text("r1") == """
        run r1 of Backup (backup), production (nodion)

        outcome      running: the vendor says running
        created      2026-01-15T09:59:50.000Z
        started      2026-01-15T10:00:00.000Z
        completed    –
        updated      –
        ended        –: it is still open
        queue        10.000 s, from created to started
        runtime      none yet: it is still open
        machine      small
        billing      exact: adds nothing to the time

        2026-01-15   2026-01-15T10:00:00.000Z to 2026-01-15T11:00:00.000Z, 3600.000 s
                     3600.000 s × 0.0000019 = 0.00684 EUR
                     price observed by the harvest of 2026-01-15T11:00:00.000Z, valid from 2026-01-15T11:00:00.000Z
                     assumed: the runner's machine was first seen at 2026-01-15T11:00:00.000Z, and nothing is known of the time before
                     assumed: this price was first seen at 2026-01-15T11:00:00.000Z, and nothing is known of the time before
        accrued      0.00684 EUR, exact: nothing was rounded
                     so far, up to 2026-01-15T11:00:00.000Z: in the last complete list of its runner it was still open
        in 2026-01   3600.000 s, 0.00684 EUR

        first seen   by the harvest of 2026-01-15T11:00:00.000Z
        list read    completely at 2026-01-15T11:00:00.000Z, the last time
        """)
    try await ledger.harvest(VendorAnswer(of: try backup("0.0000019"), other), at: "2026-01-15T12:00:00Z")
    #expect(
      try text("r1").split(separator: "\n").suffix(6).joined(separator: "\n") == """
        accrued      0.00684 EUR, exact: nothing was rounded
                     so far, up to 2026-01-15T11:00:00.000Z: that was the last complete list of its runner that had it; what came of it is not known
        in 2026-01   3600.000 s, 0.00684 EUR
        first seen   by the harvest of 2026-01-15T11:00:00.000Z
        missing      since 2026-01-15T12:00:00.000Z: the first complete list without it
        list read    completely at 2026-01-15T12:00:00.000Z, the last time
        """)
  }
}
