import Reporting
import Serve

/// What is under `serve:` in the configuration: who may come in, and by which names the server is reached.
struct ServeConfiguration: Equatable, Sendable {
  var tokens: [Token] = []
  var hosts: [String] = []

  init() {}

  init(_ reader: YAMLReader) throws(YAMLMistake) {
    let keys = try reader.mapping(ConfigurationMapping.serve.names)
    for element in try keys["tokens"]?.elements() ?? [] {
      let token = try element.mapping(ConfigurationMapping.token.names)
      guard let name = try token["name"]?.text(), let hash = token["sha256"] else {
        throw element.missing("a name and a sha256, as `runtally serve --new-token NAME` prints them")
      }
      let digits = try hash.text()
      guard digits.wholeMatch(of: #/[0-9a-f]{64}/#) != nil else {
        // It may be the token itself, which is shown nowhere.
        throw hash.wrong("a SHA-256 of 64 hexadecimal digits, and never the token itself", found: "something else")
      }
      if tokens.contains(where: { $0.name == name }) { throw element.unusable("there is another token named \(name)") }
      tokens.append(Token(name: name, sha256: digits))
    }
    hosts = try keys["hosts"]?.oneOrMore().map { element throws(YAMLMistake) in try element.text() } ?? []
  }
}
