import Foundation
import Testing

@testable import runtally

/// What `runtally.yaml` may say, and what is said of what it may not.
@Suite struct ConfigurationTests {
  struct Mistake: CustomTestStringConvertible, Sendable {
    var text: String
    var sentence: String

    var testDescription: String { sentence }
  }

  static let mistakes: [Mistake] = [
    Mistake(
      text: "database: l.sqlite\ntimzone: UTC\n",
      sentence: "runtally.yaml:2: unknown key timzone (did you mean timezone?); "
        + "expected database, timezone, currency, client, sources, prices, labels, policy, serve"),
    Mistake(
      text: "# a comment\nsorces:\n  production:\n    vendor: nodion\n",
      sentence: "runtally.yaml:2: unknown key sorces (did you mean sources?); "
        + "expected database, timezone, currency, client, sources, prices, labels, policy, serve"),
    Mistake(
      text: "sources:\n  production:\n    vendor: nodion\n    tokn: \"typed-secret\"\n",
      sentence: "runtally.yaml:4: unknown key sources.production.tokn (did you mean token?); "
        + "expected vendor, url, token, token_file, project, currency, billing, account_id, account_name, allow, client"
    ),
    Mistake(
      text: "sources:\n  production:\n    vendor: nodoin\n",
      sentence: "runtally.yaml:3: sources.production.vendor: "
        + "expected one of the vendors nodion, agentsmesh, soda, found \"nodoin\"; did you mean nodion?"),
    Mistake(
      text: "sources:\n  production:\n    url: x\n",
      sentence: "runtally.yaml:2: sources.production: expected a vendor, such as vendor: nodion, found none"),
    Mistake(
      text: "currency: euro\n",
      sentence: "runtally.yaml:1: currency: expected an ISO 4217 code such as EUR, found \"euro\""),
    Mistake(
      text: "sources:\n  production:\n    vendor: nodion\n    currency: Euro\n",
      sentence: "runtally.yaml:4: sources.production.currency: expected an ISO 4217 code such as EUR, found \"Euro\""),
    Mistake(
      text: "sources:\n  production:\n    vendor: nodion\n    billing: per-hour\n",
      sentence: "runtally.yaml:4: sources.production.billing: "
        + "expected exact, ceil-second or \"minimum-seconds: N\", found \"per-hour\""),
    Mistake(
      text: "sources:\n  production:\n    vendor: nodion\n    token: typed-secret\n",
      sentence: "runtally.yaml:4: sources.production.token: expected an environment variable such as "
        + "\"${NODION_TOKEN}\", found something else; a key never stands in the configuration"),
    Mistake(
      text: "sources:\n  q:\n    vendor: soda\n    region: mars\n",
      sentence: "runtally.yaml:4: sources.q.region: expected the region eu or us; name any other address with url, "
        + "found \"mars\""),
    Mistake(
      text: "sources:\n  q:\n    vendor: soda\n    token: \"${TEST_TOKEN}\"\n",
      sentence: "runtally.yaml:4: unknown key sources.q.token; "
        + "expected vendor, region, url, key_id, key_id_file, key_secret, key_secret_file, currency, billing, account_id, "
        + "account_name, allow, client"
    ),
    Mistake(
      text: "sources:\n  q: {vendor: soda, region: eu, key_id: \"${TEST_TOKEN}\"}\n",
      sentence: "the source q has no key_secret; add `key_secret: \"${NAME}\"` or `key_secret_file: PATH` to it"),
    Mistake(
      text: "sources:\n  p:\n    vendor: nodion\n    client: {attempts: 0}\n",
      sentence: "runtally.yaml:4: sources.p.client.attempts: expected a whole number from 1 to 100, found \"0\""),
    Mistake(
      text: "client: {backoff: soon}\nsources:\n  p: {vendor: nodion}\n",
      sentence: "runtally.yaml:1: client.backoff: expected a time such as 500ms, 30s, 5m or 1h, found \"soon\""),
    Mistake(
      text: "client: {allow_cleartext: sometimes}\nsources:\n  p: {vendor: nodion}\n",
      sentence: "runtally.yaml:1: client.allow_cleartext: expected true or false, found \"sometimes\""),
    Mistake(
      text: "client: {proxy: \"http://me:typed-secret@proxy.example.com\"}\nsources:\n  p: {vendor: nodion}\n",
      sentence: "runtally.yaml:1: client.proxy: " + ConfigurationTests.badProxy),
    Mistake(
      text: "client: {proxy: proxy.example.com}\nsources:\n  p: {vendor: nodion}\n",
      sentence: "runtally.yaml:1: client.proxy: " + ConfigurationTests.badProxy),
    Mistake(
      text: "client: {proxy: \"${NO_SUCH}\"}\nsources:\n  p: {vendor: nodion, url: \"http://127.0.0.1:1\", "
        + "token: \"${TEST_TOKEN}\"}\n",
      sentence: "the environment variable NO_SUCH is not set; the source p takes its proxy from it"),
    Mistake(
      text: "labels:\n  - {source: p, runner: x}\n",
      sentence: "runtally.yaml:2: labels[1]: expected a label, such as cost_center: \"4711\", found none"),
    Mistake(
      text: "policy:\n  budget: {amount: ten, currency: EUR}\n",
      sentence: "runtally.yaml:2: policy.budget.amount: expected a decimal above 0, such as \"100\", found \"ten\""),
    Mistake(
      text: "sources: [\n",
      sentence: "runtally.yaml:2: not YAML: did not find expected node content, "
        + "while parsing a flow node that begins in line 2"),
    Mistake(
      text: "currency: EUR\ntimezone: a: b\n",
      sentence: "runtally.yaml:2: not YAML: mapping values are not allowed in this context; "
        + "put text that has a colon in it in quotation marks"),
    Mistake(
      text: "currency: EUR\ncurrency: USD\n", sentence: "runtally.yaml:1: the key currency stands twice"),
    Mistake(
      text: "sources:\n  - production\n", sentence: "runtally.yaml:1: sources: expected keys with values, found a list"),
    Mistake(
      text: "sources\n",
      sentence: "runtally.yaml:1: expected keys with values (database, timezone, currency, client, sources, prices, "
        + "labels, policy, serve), found \"sources\""),
    Mistake(text: "timezone:\n", sentence: "runtally.yaml:1: timezone: expected a text, found nothing"),
    Mistake(text: "", sentence: "runtally.yaml names no sources; add one under `sources:`"),
    Mistake(
      text: "sources:\n  p: {vendor: nodion, url: \"http://127.0.0.1:1\"}\n",
      sentence: "the source p has no token; add `token: \"${NAME}\"` or `token_file: PATH` to it"),
    Mistake(
      text: "sources:\n  p: {vendor: nodion, token: \"${TEST_TOKEN}\"}\n",
      sentence: "the source p has no url; add `url:` to it"),
    Mistake(
      text: "sources:\n  p: {vendor: nodion, url: \"http://127.0.0.1:1\", token: \"${NO_SUCH}\"}\n",
      sentence: "the environment variable NO_SUCH is not set; the source p takes its key from it"),
    Mistake(
      text: "sources:\n  p: {vendor: nodion, url: \"ftp://example.com\", token: \"${TEST_TOKEN}\"}\n",
      sentence: "the source p cannot be asked: the url is not an http or https address; "
        + "write it such as https://api.example.com/v1"),
    Mistake(
      text: "timezone: Mars/Olympus\nsources:\n  p: {vendor: nodion, url: \"http://127.0.0.1:1\", "
        + "token: \"${TEST_TOKEN}\"}\n",
      sentence: "runtally.yaml:1: timezone: expected an IANA name such as Europe/Berlin, found \"Mars/Olympus\""),
  ]

  @Test("a mistake is wrong usage, told with file and line, and touches nothing", arguments: mistakes)
  func mistake(_ mistake: Mistake) async throws {
    let place = try Workplace()
    try place.write(mistake.text, to: "runtally.yaml")
    #expect(try await place.harvest() == Finished(exitCode: 64, out: "", err: "runtally: \(mistake.sentence)\n"))
    #expect(place.files() == ["runtally.yaml"])
    #expect(try place.read("runtally.yaml") == mistake.text)
  }

  private static let badProxy =
    "expected an address such as http://proxy.example.com:3128, none, or \"${NAME}\" for a variable with one, "
    + "found something else; a password never stands in the configuration"

  @Test("a proxy of the configuration or the environment is used, and told without its user and password")
  func proxy() async throws {
    let place = try Workplace()
    let address = "http://me:typed-secret@127.0.0.1:1"
    for (setting, variable) in [("", "HTTPS_PROXY"), (", proxy: \"${PROXY}\"", "PROXY")] {
      try place.configure(url: "https://vendor.invalid/v1", more: "    client: {attempts: 1\(setting)}\n")
      let finished = try await place.run("harvest", environment: [variable: address, "TEST_TOKEN": "test-token"])
      #expect(
        finished
          == Finished(
            exitCode: 1, out: "",
            err: """
              production    could not be read: the proxy 127.0.0.1:1 opened no way to vendor.invalid:443: connection refused
                            check the proxy: HTTPS_PROXY or ALL_PROXY in the environment, or the source's client settings
              runtally: 0 of 1 source read completely; nothing arrived

              """))
    }
  }

  @Test("certificates to trust are looked for beside the configuration")
  func certificates() async throws {
    let place = try Workplace()
    try place.configure(url: "https://vendor.invalid/v1", more: "    client: {attempts: 1, ca_file: company.pem}\n")
    let configuration = try Configuration(file: place.path + "/runtally.yaml")
    #expect(configuration.sources.map(\.client.caFile) == [place.path + "/company.pem"])
  }

  @Test("a password in a url is not echoed")
  func passwordInURL() async throws {
    let place = try Workplace()
    try place.configure(url: "http://user:typed-secret@127.0.0.1:1/v1")
    let finished = try await place.harvest()
    #expect(finished.exitCode == 64)
    #expect(
      finished.err
        == """
        runtally: the source production cannot be asked: the url of 127.0.0.1 has a user, a query or a fragment in it; \
        write it such as https://api.example.com/v1

        """)
  }

  @Test("without a configuration, a harvest says how to make one")
  func noConfiguration() async throws {
    let place = try Workplace()
    #expect(
      try await place.harvest()
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: there is no runtally.yaml here; run `runtally init` to make one, "
            + "or name another with --config\n"))
    #expect(place.files() == [])
  }

  @Test("a configuration that is named but not there is an error, by option and by variable")
  func missingFile() async throws {
    let place = try Workplace()
    let sentence =
      "runtally: there is no configuration at other.yaml; run `runtally init` to make one, "
      + "or name another with --config\n"
    #expect(
      try await place.run("status", "--config", "other.yaml") == Finished(exitCode: 64, out: "", err: sentence))
    #expect(
      try await place.run("status", environment: ["RUNTALLY_CONFIG": "other.yaml"])
        == Finished(exitCode: 64, out: "", err: sentence))
  }

  @Test("$RUNTALLY_CONFIG is used where there is no --config, and its ledger lies beside it")
  func variable() async throws {
    let place = try Workplace()
    try place.write("database: l.sqlite\ntimezone: Asia/Tokyo\n", to: "etc/r.yaml")
    let finished = try await place.run("init", environment: ["RUNTALLY_CONFIG": "etc/r.yaml"])
    #expect(finished.err == "made the ledger etc/l.sqlite, days and months in Asia/Tokyo\n")
    #expect(place.files() == ["etc/l.sqlite", "etc/r.yaml"])
  }

  @Test("a key that was put where its file is to be named is shown nowhere, nor is what a key file holds")
  func pastedKey() async throws {
    let place = try Workplace()
    try place.configure(token: "token_file: nod-s3cr3t-token")
    let line = "runtally: runtally.yaml:8: the file that token_file of production names "
    let unreadable = Finished(
      exitCode: 64, out: "",
      err: line + "cannot be read; name a file that is there and yours, and never the key itself\n")
    #expect(try await place.harvest() == unreadable)
    try place.configure(token: "token_file: key")
    for (text, reason) in [
      ("\n \n", "is empty; write the key into it"), ("", "is empty; write the key into it"),
      ("nod-s3cr3t\ntoken\n", "has several lines; leave only the key in it"),
    ] {
      try place.write(text, to: "key")
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: place.path + "/key")
      #expect(try await place.harvest() == Finished(exitCode: 64, out: "", err: line + reason + "\n"))
    }
    try FileManager.default.removeItem(at: place.url("key"))
    #expect(mkfifo(place.path + "/key", 0o600) == 0)
    #expect(try await place.harvest() == unreadable)
  }

  @Test("a token file that others can read is refused; one of the owner's works")
  func tokenFile() async throws {
    let place = try Workplace()
    try place.configure(token: "token_file: key")
    try place.write("test-token\n", to: "key")
    func setMode(_ mode: Int) throws {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: place.path + "/key")
    }
    try setMode(0o644)
    #expect(
      try await place.harvest()
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: the key of production in key can be read by others; run `chmod 600 key`\n"))
    try setMode(0o600)
    let refused = try await place.harvest()
    #expect(refused.exitCode == 1)
    #expect(refused.err.hasPrefix("production    could not be read: nothing listens at 127.0.0.1:1 "))
    try FileManager.default.removeItem(at: place.url("key"))
    #expect(
      try await place.harvest()
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: runtally.yaml:8: the file that token_file of production names cannot be read; "
            + "name a file that is there and yours, and never the key itself\n"))
  }
}
