import Foundation
import Harvest
import Testing

@Suite struct HarvestErrorTests {
  static let service = HarvestError.Place.service(
    address: "https://mesh.example.com/v1/runners", host: "mesh.example.com", port: nil)
  static let local = HarvestError.Place.service(
    address: "http://localhost:8080/v1/runners", host: "localhost", port: 8080)
  static let file = HarvestError.Place.file(path: "saved/runners.json")
  static let key = HarvestError.KeyHint(name: "MESH_KEY", scope: "runners:read")

  @Test(
    "every error says what is wrong and what to do",
    arguments: [
      (
        HarvestError(.unauthorized, at: service, key: key),
        "the vendor refused the key (401 from mesh.example.com)",
        "check $MESH_KEY, or create a key with the scope runners:read"
      ),
      (
        HarvestError(.unauthorized, at: local), "the vendor refused the key (401 from localhost:8080)",
        "check the source's key, or create a key"
      ),
      (
        HarvestError(.forbidden, at: service, key: key),
        "the key may not read https://mesh.example.com/v1/runners (403)",
        "check which project $MESH_KEY may see, and that it has the scope runners:read"
      ),
      (
        HarvestError(.notFound, at: service), "there is nothing at https://mesh.example.com/v1/runners (404)",
        "check the source's url and project"
      ),
      (
        HarvestError(.redirect(status: 302, target: "https://login.example.com/in"), at: service),
        "mesh.example.com redirects to https://login.example.com/in (302); a key is never sent on",
        "set the source's url to where its list really is"
      ),
      (
        HarvestError(.redirect(status: 304, target: nil), at: service),
        "mesh.example.com redirects to nowhere (304); a key is never sent on",
        "set the source's url to where its list really is"
      ),
      (
        HarvestError(.status(429, text: nil), at: service), "mesh.example.com answered 429",
        "the vendor asks to slow down; try again later"
      ),
      (
        HarvestError(.status(503, text: "down for repairs"), at: service),
        "mesh.example.com answered 503: down for repairs", "the trouble is at the vendor; try again later"
      ),
      (
        HarvestError(.status(400, text: "bad project"), at: service), "mesh.example.com answered 400: bad project",
        "check the source's url and settings"
      ),
      (
        HarvestError(.connectionRefused, at: service),
        "nothing listens at mesh.example.com:443 (connection refused)",
        "check the source's url, and whether the service is up"
      ),
      (
        HarvestError(.unknownHost, at: service), "no such host: mesh.example.com:443",
        "check the source's url, and whether this machine resolves names"
      ),
      (
        HarvestError(.connectTimeout(seconds: 10), at: local),
        "localhost:8080 did not accept a connection within 10 s", "check the network and try again"
      ),
      (
        HarvestError(.readTimeout(seconds: 60), at: local), "localhost:8080 sent nothing for 60 s",
        "check the network and try again"
      ),
      (
        HarvestError(.untrusted("certificate expired"), at: service),
        "no secure connection to mesh.example.com:443: certificate expired",
        "check the source's url and the machine's certificates and clock"
      ),
      (
        HarvestError(.connectionFailed("it was closed without an answer"), at: service),
        "the connection to mesh.example.com:443 failed: it was closed without an answer",
        "check the network and try again"
      ),
      (
        HarvestError(.proxyRefused(proxy: "proxy.example.com:3128", status: 407), at: service),
        "the proxy proxy.example.com:3128 asks for a user and a password (407)",
        "put both into the proxy's address: http://USER:PASSWORD@HOST:PORT, in a variable"
      ),
      (
        HarvestError(.proxyRefused(proxy: "proxy.example.com:3128", status: 403), at: service),
        "the proxy proxy.example.com:3128 refused the way to mesh.example.com:443 (403)",
        "ask who runs the proxy, or name the host in NO_PROXY if there is a way without it"
      ),
      (
        HarvestError(.proxyUnusable(proxy: "proxy.example.com:3128", "connection refused"), at: service),
        "the proxy proxy.example.com:3128 opened no way to mesh.example.com:443: connection refused",
        "check the proxy: HTTPS_PROXY or ALL_PROXY in the environment, or the source's client settings"
      ),
      (
        HarvestError(.longHead(limit: 262_144), at: service),
        "the answer of mesh.example.com has more than 256 KiB of headers",
        "is the url right? a login page or a proxy may be between"
      ),
      (
        HarvestError(.empty, at: service), "mesh.example.com answered with nothing instead of JSON", "try again"
      ),
      (HarvestError(.empty, at: file), "saved/runners.json is empty", "save the answer again"),
      (
        HarvestError(.notJSON(contentType: "text/html; charset=utf-8", beginning: "<html>"), at: service),
        "mesh.example.com answered with text/html instead of JSON; it begins: <html>",
        "is the url right? a login page or a proxy may be between"
      ),
      (
        HarvestError(.notJSON(contentType: "application/json", beginning: "ok"), at: file),
        "saved/runners.json holds something else instead of JSON; it begins: ok",
        "save the body of the answer as it came"
      ),
      (
        HarvestError(.otherShape(expected: "runners", found: "\"data\", \"meta\""), at: service),
        "mesh.example.com answered with JSON of another shape: expected a list under \"runners\", found \"data\", "
          + "\"meta\"", "is the url right? a login page or a proxy may be between"
      ),
      (
        HarvestError(.malformed(atByte: 17), at: service), "mesh.example.com answered with broken JSON (at byte 17)",
        "try again"
      ),
      (
        HarvestError(.tooDeep(limit: 64), at: service),
        "mesh.example.com answered with JSON nested deeper than 64 levels",
        "is the url right? a login page or a proxy may be between"
      ),
      (
        HarvestError(.cutOff(afterBytes: 4096), at: service),
        "the answer of mesh.example.com was cut off after 4096 bytes", "try again"
      ),
      (
        HarvestError(.cutOff(afterBytes: 4096), at: file), "saved/runners.json was cut off after 4096 bytes",
        "save the answer again"
      ),
      (
        HarvestError(.tooLarge(limit: 1 << 30), at: service), "the answer of mesh.example.com is larger than 1 GiB",
        "if a list this large is right, raise the limit on answers"
      ),
      (
        HarvestError(.inflated(ratio: 200), at: service),
        "the answer of mesh.example.com unpacks to more than 200 times its size",
        "is the url right? no run list packs that well"
      ),
      (
        HarvestError(.cleartext, at: local),
        "the key would be sent to localhost:8080 over plain http, for everyone on the way to read",
        "set the source's url to https, or allow plain http for it if every machine between is yours"
      ),
      (
        HarvestError(.notSaved("saved/2026"), at: .file(path: "/runners?page=1")),
        "no answer to /runners?page=1 was saved in saved/2026",
        "replay the visit with the sources and settings that it was saved with"
      ),
      (
        HarvestError(.unsendableHeader("Authorization"), at: service, key: key),
        "the value of the header Authorization has a line break or another control character",
        "check $MESH_KEY and the project of the source"
      ),
      (
        HarvestError(.badID("../x"), at: file), "the id \"../x\" cannot be part of a path",
        "look at the list of runners the vendor sends"
      ),
      (
        HarvestError(.missingFile, at: file), "there is no file saved/runners.json",
        "save the body of the answer there"
      ),
      (
        HarvestError(.tooSlow(bytes: 12, seconds: 300), at: service),
        "mesh.example.com:443 sent only 12 bytes in 300 s",
        "check the network, or give the answer longer with give_up_after"
      ),
      (
        HarvestError(.givenUp(afterSeconds: 300), at: file),
        "saved/runners.json was not asked any more: for 300 s nothing that was asked for had come",
        "try again later, or give it longer with give_up_after"
      ),
      (
        HarvestError(.packed("br"), at: service),
        "the answer of mesh.example.com is packed in a way that was not asked for (br)",
        "try again; if that does not help, ask who runs the server or the proxy before it"
      ),
      (
        HarvestError(.unpackable("gzip"), at: service),
        "the answer of mesh.example.com says that it is packed as gzip, and cannot be unpacked so",
        "try again; if that does not help, ask who runs the server or the proxy before it"
      ),
      (
        HarvestError(.encoded("UTF-16"), at: service),
        "mesh.example.com answered with text in UTF-16, and JSON is UTF-8",
        "ask who runs the server to send UTF-8, as RFC 8259 says"
      ),
      (
        HarvestError(.encoded("UTF-16"), at: file),
        "saved/runners.json holds text in UTF-16, and JSON is UTF-8", "save the body of the answer as UTF-8"
      ),
      (
        HarvestError(.unreadableFile("Permission denied"), at: file),
        "saved/runners.json could not be opened: Permission denied", "check the file's owner and mode"
      ),
    ] as [(HarvestError, String, String)])
  func sentences(error: HarvestError, problem: String, advice: String) {
    #expect(error.description == "could not be read: \(problem)\n\(advice)")
  }

  @Test("an error tells the vendor's words, how often it was tried and how long the vendor asks to wait")
  func particulars() {
    var error = HarvestError(.status(503, text: nil), at: Self.service)
    error.words = "down for repairs"
    error.attempts = 3
    error.retryAfter = .milliseconds(1500)
    #expect(
      error.description == "could not be read: mesh.example.com answered 503: down for repairs (after 3 attempts); "
        + "it asks to wait 2 s\nthe trouble is at the vendor; try again in 2 s")
  }

  @Test(
    "a url that cannot be asked is refused before anything is sent",
    arguments: [
      ("ftp://example.com", "the url is not an http or https address"),
      ("example.com/v1", "the url is not an http or https address"), ("", "the url is not an http or https address"),
      ("https://me:test-token@example.com/v1", "the url of example.com has a user, a query or a fragment in it"),
      ("https://example.com/v1?key=test-token", "the url of example.com has a user, a query or a fragment in it"),
    ])
  func badURLs(url: String, problem: String) {
    let error = #expect(throws: HarvestError.self) { try AnswerDoor.live(base: url, version: "1") }
    #expect(error?.description == "could not be read: \(problem)\nwrite it such as https://api.example.com/v1")
  }

  @Test("the door that leads nowhere says that it was touched")
  func unreachable() async throws {
    let list = try await NodionSource(door: .unreachable).fetchRunners()
    #expect(list.error?.problem == "/runners was asked for, and nothing may be asked here")
    #expect(!list.reading.isComplete)
  }
}
