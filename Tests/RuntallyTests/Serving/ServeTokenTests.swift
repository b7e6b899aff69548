import Foundation
import Testing

/// Tokens: who has one comes in, from any address; who has none learns nothing.
@Suite(.timeLimit(.minutes(30))) struct ServeTokenTests {
  /// A folder whose configuration has a token, and the secret that opens it.
  private func place() async throws -> (Workplace, String) {
    let place = try await Workplace.withDocumentedRuns()
    let made = try await place.run("serve", "--new-token", "grafana")
    #expect(made.exitCode == 0 && made.err == "")
    let secret = String(try #require(made.out.split(separator: "\n").first))
    #expect(secret.wholeMatch(of: /rtly_[A-Za-z0-9_-]{43}/) != nil)
    let lines = try #require(made.out.range(of: "serve:\n")).lowerBound
    try place.write("currency: EUR\n" + made.out[lines...], to: "runtally.yaml")
    #expect(!(try place.read("runtally.yaml").contains(secret)))
    return (place, secret)
  }

  @Test("another address than loopback is not served without a token in the configuration")
  func noToken() async throws {
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    let refused = try await place.run("serve", "--host", "0.0.0.0", "--port", "0")
    #expect(refused.exitCode == 64 && refused.err.contains("`runtally serve --new-token NAME` makes one"))
  }

  @Test("a token opens the API, and nothing else does")
  func bearer() async throws {
    let (place, secret) = try await place()
    try await place.serving("--host", "0.0.0.0") { plug in
      let refused = try plug.get("/v1/reports/runs")
      #expect(refused.status == 401 && refused.headers["www-authenticate"] == "Bearer realm=\"runtally\"")
      for wrong in ["Bearer \(secret)x", "Bearer ", "Basic \(secret)", "Bearer " + String(secret.dropLast())] {
        #expect(try plug.get("/v1/reports/runs", ["Authorization": wrong]).status == 401)
      }
      #expect(try plug.get("/v1/reports/runs?token=\(secret)").status == 401)
      let opened = try plug.get("/v1/reports/runs.csv?all", ["Authorization": "Bearer \(secret)"])
      #expect(opened.status == 200)
      #expect(opened.text == (try await place.run("report", "runs", "--all", "--format", "csv", "--quiet").out))
      #expect(try plug.get("/metrics").status == 401 && plug.get("/openapi.json").status == 401)
      #expect(try plug.get("/livez").status == 200)
      // A tag that was guessed says nothing either.
      #expect(try plug.get("/v1/reports/runs", ["If-None-Match": "*"]).status == 401)
      #expect(try plug.get("/readyz").text == "ready\n")
    }
  }

  @Test("pages have a form to log in, whose cookie opens them, until somebody logs out")
  func login() async throws {
    let (place, secret) = try await place()
    try await place.serving { plug in
      let sent = try plug.get("/reports/runs?limit=1")
      #expect(sent.status == 303 && sent.headers["location"] == "/login?next=%2Freports%2Fruns%3Flimit%3D1")
      let form = try plug.get("/login?next=%2Freports%2Fruns%3Flimit%3D1")
      #expect(form.status == 200 && form.text.contains("name=\"next\" value=\"/reports/runs?limit=1\""))
      let wrong = try plug.get("/login", method: "POST", body: "token=guess&next=%2F")
      #expect(wrong.status == 403 && wrong.headers["set-cookie"] == nil)
      let right = try plug.get("/login", method: "POST", body: "next=%2Freports%2Fruns%3Flimit%3D1&token=\(secret)")
      #expect(right.status == 303 && right.headers["location"] == "/reports/runs?limit=1")
      let cookie = try #require(right.headers["set-cookie"])
      #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict") && !cookie.contains("; Secure"))
      #expect(!cookie.contains(secret))
      let session = String(cookie.prefix { $0 != ";" })
      #expect(try plug.get("/reports/runs?limit=1", ["Cookie": session]).text.contains("Log out"))
      #expect(try plug.get("/v1/reports/runs", ["Cookie": session]).status == 200)
      #expect(try plug.get("/logout", method: "POST", ["Cookie": session]).status == 303)
      #expect(try plug.get("/reports/runs", ["Cookie": session]).status == 303)
      let elsewhere = try plug.get("/login", method: "POST", body: "token=\(secret)&next=%2F%2Fevil.com")
      #expect(elsewhere.headers["location"] == "/")
      let proxied = try plug.get(
        "/login", method: "POST", ["X-Forwarded-Proto": "https"], body: "token=\(secret)")
      #expect(proxied.headers["set-cookie"]?.hasSuffix("; Secure") == true)
    }
  }

  @Test("a token is in no log, no page and no error; one in place of its hash is not shown")
  func secrets() async throws {
    let (place, secret) = try await place()
    let (server, plug) = try await place.startServer(["--log-format", "json"])
    _ = try plug.get("/v1/reports/runs?token=\(secret)", ["Authorization": "Bearer \(secret)"])
    _ = try plug.get("/v1/reports/runs", ["Authorization": "Bearer \(secret)"])
    _ = try plug.get("/login", method: "POST", body: "token=\(secret)")
    server.send(signal: SIGTERM)
    let log = try await server.finished().err
    #expect(!log.contains(secret))
    let lines = try log.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    let asked = lines.compactMap { $0["path"] as? String }
    #expect(asked == ["/v1/reports/runs", "/v1/reports/runs", "/login"])
    #expect(lines.compactMap { $0["status"] as? Int } == [400, 200, 303])
    try place.write("serve:\n  tokens:\n    - {name: a, sha256: \(secret)}\n", to: "runtally.yaml")
    let refused = try await place.run("serve", "--port", "0")
    #expect(refused.exitCode == 64 && refused.err.contains("runtally.yaml:3") && !refused.err.contains(secret))
  }
}
