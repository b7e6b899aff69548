import Export
import Foundation
import Runs
import Synchronization

/// What a scraper is told: the gauges of the report `metrics`, of the policy's rules, and of the server itself.
extension Site {
  func metrics(_ asked: Asked) async throws -> Answered {
    let report = try reports.named("metrics")
    let query = try ServedQuery(asked.query, ServedParameter.list(of: report), takesEmpty: false)
    let wanted = try AskedReport(reports.serving(report, as: .openmetrics), query, as: .openmetrics)
    let check = program.answers.first { $0.name == "check" }
    return try await fresh(asked, type: Format.openmetrics.mediaType) { [self] in
      var texts = [try Site.text(body(of: wanted))]
      do {
        if let check { texts.append(try Site.text(rows(of: check, ServedQuery(), as: .openmetrics, frame: nil))) }
      } catch let problem as Problem where problem.status == 404 {
        // Without a policy there are no rules.
      }
      texts.append(try Site.text(own()))
      return .bytes(Array(Families.joined(texts).utf8))
    }
  }

  private static func text(_ body: Answered.Body) throws -> String {
    switch body {
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    case .file(let file): String(decoding: try file.bytes(at: 0, upTo: file.count), as: UTF8.self)
    }
  }

  /// Of the process: what it answered, since when, and how much memory it holds.
  private func own() throws -> Answered.Body {
    let state = try watch.state { try program.open(nil) }
    var rows: [[Value]] = [
      [
        .text("runtally_serve_ledger_sequence"), .null, .text("The number of the ledger's newest event."), .null,
        .integer(state.sequence),
      ]
    ]
    rows += counts.byStatus.map { status, count in
      [
        .text("runtally_serve_requests"), .null, .text("Requests answered since the server began."),
        .text("\(status)"), .integer(Int64(count)),
      ]
    }
    if let bytes = Site.residentBytes() {
      rows.append([
        .text("runtally_serve_resident_memory_bytes"), .text("bytes"), .text("Memory that the server holds."), .null,
        .integer(bytes),
      ])
    }
    rows.append([
      .text("runtally_serve_start_timestamp_seconds"), .text("seconds"), .text("When the server began."), .null,
      .text(SecondsText.text(counts.began.milliseconds)),
    ])
    return try Rendering.body { output in
      var writer = OpenMetricsWriter(to: output)
      try writer.begin(
        ReportHead(
          name: "serve", title: "Server", generator: program.generator,
          columns: ["metric", "unit", "help", "code", "value"].map { Column(name: $0, type: .any) }))
      for row in rows { try writer.row(row) }
      try writer.end(ReportSummary(rows: rows.count))
    }
  }

  /// Where the system tells it in a file.
  private static func residentBytes() -> Int64? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
    let words = text.split(separator: " ")
    return words.count > 1 ? Int64(words[1]).map { $0 * Int64(sysconf(Int32(_SC_PAGESIZE))) } : nil
  }
}

/// How many requests were answered, by status.
final class RequestCounts: Sendable {
  let began: Instant
  private let counts = Mutex<[Int: Int]>([:])

  init(began: Instant) {
    self.began = began
  }

  func add(_ status: Int) { counts.withLock { $0[status, default: 0] += 1 } }

  var byStatus: [(status: Int, count: Int)] {
    counts.withLock { counts in counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  }
}

/// Texts of gauges as one.
enum Families {
  /// A family that an earlier text has is left out of the later ones: no name may come twice, and each text ends once.
  static func joined(_ texts: [String]) -> String {
    var names: Set<Substring> = []
    var joined = ""
    for text in texts {
      var own: Set<Substring> = []
      var isLeftOut = false
      for line in text.split(separator: "\n") where line != "# EOF" {
        if line.hasPrefix("# TYPE ") {
          let name = line.dropFirst(7).prefix { $0 != " " }
          isLeftOut = names.contains(name)
          own.insert(name)
        }
        if !isLeftOut { joined += line + "\n" }
      }
      names.formUnion(own)
    }
    return joined + "# EOF\n"
  }
}
