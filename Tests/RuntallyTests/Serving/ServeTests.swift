import Export
import Foundation
import Reporting
import Testing

/// `runtally serve` over real HTTP: its answers are those of the commands.
@Suite(.timeLimit(.minutes(30))) struct ServeTests {
  private static let types: [String: String] = [
    "txt": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8", "json": "application/json",
    "html": "text/html; charset=utf-8", "xml": "application/xml", "md": "text/markdown; charset=utf-8",
  ]

  @Test("every report in every format has the bytes of the file that the command writes")
  func everyFile() async throws {
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    try await place.serving { plug in
      for report in try ReportCatalog.builtIn() {
        for format in report.formats.compactMap(Format.init) {
          let name = "\(report.name).\(format.fileExtension)"
          let written = try await place.run(
            "report", report.name, "--format", format.rawValue, "--output", name, "--quiet")
          #expect(written.exitCode == 0, "\(name): \(written.err)")
          for folder in ["/reports/", "/v1/reports/"] {
            let reply = try plug.get(folder + name)
            #expect(reply.status == 200, "\(name): \(reply.text.prefix(200))")
            #expect(reply.body == (try place.bytes(name)), "\(folder)\(name) is not the file")
            #expect(reply.headers["content-length"] == "\(reply.body.count)")
            if let type = Self.types[format.fileExtension] { #expect(reply.headers["content-type"] == type) }
          }
        }
      }
    }
  }

  @Test(
    "parameters mean what options mean",
    arguments: [
      (
        "runs.csv?month=2026-01&outcome=failure&outcome=timeout&sort=cost:desc", "runs",
        [
          "--format", "csv", "--month", "2026-01", "--outcome", "failure", "--outcome", "timeout", "--sort",
          "cost:desc",
        ]
      ),
      (
        "runs.csv?from=2026-01-14&to=2026-01-15T06:00&exit-code=1&limit=1&excel", "runs",
        [
          "--format", "csv", "--from", "2026-01-14", "--to", "2026-01-15T06:00", "--exit-code", "1", "--limit", "1",
          "--excel",
        ]
      ),
      (
        "monthly-cost.csv?last=6m&group-by=source&decimals=2&decimal-comma=true", "monthly-cost",
        [
          "--format", "csv", "--last", "6m", "--group-by", "source", "--decimals", "2", "--decimal-comma",
        ]
      ),
      (
        "monthly-cost.tsv?all&timezone=Asia/Tokyo", "monthly-cost",
        [
          "--format", "csv", "--delimiter", "tab", "--all", "--timezone", "Asia/Tokyo",
        ]
      ),
      (
        "failure-trend.json?interval=day&last=90d&runner=Data*&source=production", "failure-trend",
        [
          "--format", "json", "--interval", "day", "--last", "90d", "--runner", "Data*", "--source", "production",
        ]
      ),
      (
        "summary.md?month=2026-01&exact=true&as-of=1", "summary",
        [
          "--format", "markdown", "--month", "2026-01", "--exact", "--as-of", "#1",
        ]
      ),
    ] as [(String, String, [String])])
  func parameters(target: String, report: String, options: [String]) async throws {
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    let printed = try await place.start(["report", report, "--quiet"] + options).finished()
    #expect(printed.exitCode == 0, "\(printed.err)")
    try await place.serving { plug in
      let reply = try plug.get("/reports/" + target)
      #expect(reply.status == 200)
      #expect(reply.text == printed.out)
    }
  }

  @Test("what other commands answer in rows is the same, and so is the explanation of a run")
  func rows() async throws {
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    let explained = try await place.run("explain", "run", Bodies.firstRunID, "--format", "json")
    try await place.serving { plug in
      for command in ["log", "reports"] {
        for format in ["csv", "json", "jsonl"] {
          let printed = try await place.run(command, "--format", format)
          #expect(try plug.get("/v1/\(command).\(format)").text == printed.out, "\(command) \(format)")
        }
        let printed = try await place.run(command, "--format", "json")
        #expect(try plug.get("/v1/\(command)").text == printed.out)
      }
      #expect(try plug.get("/v1/runs/\(Bodies.firstRunID)/explain").text == explained.out)
      #expect(try plug.get("/v1/runs/\(Bodies.firstRunID.prefix(8))/explain").text == explained.out)
      let page = try plug.get("/runs/\(Bodies.firstRunID)")
      #expect(page.status == 200 && page.text.contains("270.000 s × 0.0000019 = 0.000513 EUR"))
      #expect(try plug.get("/v1/sources.csv").text == "source,vendor,runners,runs\r\nproduction,nodion,1,2\r\n")
      #expect(try plug.get("/v1/runners").body == (try plug.get("/v1/reports/runners.json").body))
      let gauges = try plug.get("/metrics")
      #expect(gauges.headers["content-type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8")
      let report = try plug.get("/reports/metrics.prom").text
      #expect(gauges.text.hasPrefix(report.replacing("# EOF\n", with: "")))
      #expect(gauges.text.contains("runtally_serve_requests{code=\"200\"} "))
      #expect(gauges.text.contains("runtally_serve_ledger_sequence 1\n"))
      #expect(gauges.text.matches(of: /# EOF\n/).count == 1 && gauges.text.hasSuffix("# EOF\n"))
      #expect(try plug.get("/v1/status").text.contains("\"source\":\"production\""))
      #expect(try plug.get("/v1/check").status == 404)
      let array = try JSONSerialization.jsonObject(with: try plug.get("/v1/reports/runs?rows-only=true&all=true").body)
      #expect((array as? [[String: Any]])?.compactMap { $0["cost"] as? String } == ["0.0002565", "0.000513"])
    }
  }

  @Test("a page is that of the file, with the way to other pages, a form and the files around it")
  func pages() async throws {
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    try await place.serving { plug in
      for (path, title) in [
        ("/", "Summary"), ("/reports", "Reports"), ("/reports/runs?limit=1", "Runs"), ("/log", "Events"),
        ("/status", "Status"),
      ] {
        let page = try plug.get(path)
        #expect(page.status == 200)
        #expect(page.headers["content-type"] == "text/html; charset=utf-8")
        #expect(page.text.contains("<h1 id=\"title\">\(title)</h1>"), "\(path)")
        #expect(page.text.contains("<nav class=\"site\""))
        #expect(try await place.isWellFormed(page))
      }
      let page = try plug.get("/reports/monthly-cost?month=2026-01&source=production").text
      let file = try plug.get("/reports/monthly-cost.html?month=2026-01&source=production").text
      // All that the file has from its first section on.
      let body = try #require(file.range(of: "<main>")).lowerBound
      #expect(page.replacing(/<a href="\/[^"]*">([^<]*)<\/a>/, with: { String($0.1) }).hasSuffix(file[body...]))
      #expect(page.contains("href=\"/reports/monthly-cost?source=production&amp;month=2025-12\""))
      #expect(page.contains("href=\"/reports/monthly-cost?source=production&amp;month=2026-02\""))
      #expect(page.contains("href=\"/reports/monthly-cost.csv?month=2026-01&amp;source=production\""))
      #expect(page.contains("<option value=\"production\" selected=\"selected\">production</option>"))
      #expect(!file.contains("<form"))
      #expect(try plug.get("/reports/runs", ["Accept": "text/csv"]).body == (try plug.get("/reports/runs.csv").body))
      // A form sends what was left empty, too.
      #expect(try plug.get("/reports/runs?month=&limit=").body == (try plug.get("/reports/runs").body))
    }
  }

  @Test("from a row it goes on to its runs in the same period, and from a run to where its numbers come from")
  func links() async throws {
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    try await place.serving { plug in
      let cost = try plug.get("/reports/monthly-cost?month=2026-01").text
      let runs = "/runs?runner=\(Bodies.runnerID)&amp;source=production&amp;month=2026-01"
      #expect(cost.contains("<a href=\"\(runs)\">Database Backup</a>"))
      let page = try plug.get(runs.replacing("&amp;", with: "&")).text
      let run = "/runs/\(Bodies.firstRunID)?source=production&amp;runner=\(Bodies.runnerID)"
      #expect(page.contains("<a href=\"\(run)\">\(Bodies.firstRunID)</a>"))
      #expect(try plug.get(run.replacing("&amp;", with: "&")).text.contains("0.000513 EUR"))
      #expect(!(try plug.get("/reports/monthly-cost.html?month=2026-01").text.contains("<a href=\"/")))
    }
  }

  @Test("names of others are text on every page")
  func names() async throws {
    let place = try Workplace()
    try place.writeBodies(runners: [Bodies.runner(name: "<script>alert(1)</script>\" onload=\"x")])
    #expect(try await place.importBodies().exitCode == 0)
    try await place.serving { plug in
      for path in ["/", "/reports/runs?runner=%3Cscript%3E*", "/reports/runners", "/runs/\(Bodies.firstRunID)"] {
        let page = try plug.get(path)
        #expect(page.status == 200 && !page.text.contains("<script") && !page.text.contains("\" onload"), "\(path)")
        #expect(try await place.isWellFormed(page))
      }
      let missing = try plug.get("/reports/%3Cscript%3E", ["Accept": "text/html"])
      #expect(missing.status == 404 && !missing.text.contains("<script"))
    }
  }

  @Test("a tag is the same until the ledger changes, and a client that has it is sent nothing")
  func tags() async throws {
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    try await place.serving { plug in
      let first = try plug.get("/reports/runs.csv?all")
      let tag = try #require(first.headers["etag"])
      #expect(tag.wholeMatch(of: /"\d+-[0-9a-f]{16}"/) != nil && first.headers["cache-control"] == "private, no-cache")
      #expect(try plug.get("/reports/runs.csv?all").headers["etag"] == tag)
      #expect(try plug.get("/reports/runs.csv").headers["etag"] != tag)
      #expect(try plug.get("/reports/runs.json?all").headers["etag"] != tag)
      for header in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
        let same = try plug.get("/reports/runs.csv?all", ["If-None-Match": header])
        #expect(same.status == 304 && same.body.isEmpty && same.headers["etag"] == tag)
        #expect(same.headers["content-length"] == nil)
      }
      #expect(try plug.get("/reports/runs.csv?all", ["If-None-Match": "\"x\""]).body == first.body)
      try place.writeBodies(runs: [Bodies.runnerID: [Bodies.firstRun()]])
      #expect(try await place.importBodies(asOf: "2026-02-02T06:00:00Z").exitCode == 0)
      let changed = try plug.get("/reports/runs.csv?all", ["If-None-Match": tag])
      #expect(changed.status == 200 && changed.headers["etag"] != tag)
      let printed = try await place.run("report", "runs", "--all", "--format", "csv", "--quiet")
      #expect(changed.text == printed.out)
    }
  }

  @Test("HEAD has the fields of GET and no body; gzip is for who asks, and is the same when unpacked")
  func headAndGzip() async throws {
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    try await place.serving { plug in
      let whole = try plug.get("/reports/summary.html")
      let head = try plug.get("/reports/summary.html", method: "HEAD")
      #expect(head.status == 200 && head.body.isEmpty)
      for name in ["content-length", "content-type", "etag"] { #expect(head.headers[name] == whole.headers[name]) }
      let packed = try plug.get("/reports/summary.html", ["Accept-Encoding": "br, gzip;q=0.8"])
      #expect(packed.headers["content-encoding"] == "gzip" && packed.headers["etag"] != whole.headers["etag"])
      #expect(packed.body.count < whole.body.count / 2)
      try packed.body.write(to: place.url("page.gz"))
      #expect(try await place.shell("gzip -dc page.gz").out == whole.text)
      let refused = try plug.get("/reports/summary.html", ["Accept-Encoding": "gzip;q=0"])
      #expect(refused.headers["content-encoding"] == nil && refused.body == whole.body)
      #expect(try plug.get("/reports/runs.xlsx", ["Accept-Encoding": "gzip"]).headers["content-encoding"] == nil)
    }
  }

  @Test("what programs can ask is written in openapi.json, with every report and its parameters")
  func openAPI() async throws {
    let place = try await Workplace.withDocumentedRuns()
    try await place.serving { plug in
      let document = try #require(
        try JSONSerialization.jsonObject(with: try plug.get("/openapi.json").body) as? [String: Any])
      #expect(document["openapi"] as? String == "3.1.0")
      let paths = try #require(document["paths"] as? [String: [String: Any]])
      let reports = try ReportCatalog.builtIn().map { "/v1/reports/" + $0.name }
      #expect(
        Set(paths.keys)
          == Set(
            reports + [
              "/v1/runners", "/v1/runs", "/v1/runs/{id}/explain", "/v1/check", "/v1/log", "/v1/reports", "/v1/sources",
              "/v1/status",
            ]))
      // Whatever it points to is there.
      let text = try plug.get("/openapi.json").text
      for match in text.matches(of: /"\$ref": "#\/([^"]+)"/) {
        var place: Any? = document
        for name in match.1.split(separator: "/") { place = (place as? [String: Any])?[String(name)] }
        #expect(place != nil, "\(match.1)")
      }
      for path in paths.keys where !path.contains("{") && path != "/v1/check" {
        #expect(try plug.get(path).status == 200, "\(path)")
      }
    }
  }
}

extension Workplace {
  /// Every page is XML, too, so that nothing in it is left open.
  fileprivate func isWellFormed(_ page: Plug.Reply) async throws -> Bool {
    guard Tool.xmllint.isThere else { return true }
    try page.body.write(to: url("page.xml"))
    return try await shell("xmllint --noout page.xml") == Finished(exitCode: 0, out: "", err: "")
  }
}
