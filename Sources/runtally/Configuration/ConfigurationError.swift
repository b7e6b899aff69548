/// What is wrong with the configuration: where, what was expected, what to do.
enum ConfigurationError: Error, Equatable, CustomStringConvertible {
  case missingFile(path: String)
  case unreadable(path: String, reason: String)
  case syntax(path: String, line: Int, reason: String)
  /// `key` is the whole way to it, such as `sources.production.vendor`.
  case wrong(path: String, line: Int, key: String, expected: String, found: String)
  case unknownKey(path: String, line: Int, key: String, expected: [String])
  case noSources(path: String?)
  case unknownSource(String, known: [String], path: String?)
  case missingVariable(name: String, source: String)
  case missingProxy(name: String, source: String)
  case openSecretFile(path: String, source: String)
  case unreadableSecret(path: String, source: String)
  case missingToken(source: String)
  case missingKeyPair(source: String)
  case missingURL(source: String)
  case badURL(source: String, problem: String, advice: String)

  var description: String {
    switch self {
    case .missingFile(let path):
      "there is no configuration at \(path); run `runtally init` to make one, or name another with --config"
    case .unreadable(let path, let reason):
      "\(path) cannot be read (\(reason))"
    case .syntax(let path, let line, let reason):
      "\(path):\(line): not YAML: \(reason)"
    case .wrong(let path, let line, let key, let expected, let found):
      "\(path):\(line): \(key.isEmpty ? "" : key + ": ")expected \(expected), found \(found)"
    case .unknownKey(let path, let line, let key, let expected):
      "\(path):\(line): unknown key \(key); expected \(expected.joined(separator: ", "))"
    case .noSources(let path):
      path.map { "\($0) names no sources; add one under `sources:`" }
        ?? "there is no runtally.yaml here; run `runtally init` to make one, or name another with --config"
    case .unknownSource(let name, let known, let path):
      "\(path ?? "the configuration") has no source \"\(name)\"; "
        + (known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))")
    case .missingVariable(let name, let source):
      "the environment variable \(name) is not set; the source \(source) takes its key from it"
    case .missingProxy(let name, let source):
      "the environment variable \(name) is not set; the source \(source) takes its proxy from it"
    case .openSecretFile(let path, let source):
      "the key of \(source) in \(path) can be read by others; run `chmod 600 \(path)`"
    case .unreadableSecret(let path, let source):
      "the key of \(source) cannot be read from \(path); check that the file is there and yours"
    case .missingToken(let source):
      "the source \(source) has no token; add `token: \"${NAME}\"` or `token_file: PATH` to it"
    case .missingKeyPair(let source):
      "the source \(source) has no whole key; add `key_id: \"${NAME}\"` and `key_secret: \"${NAME}\"` to it"
    case .missingURL(let source):
      "the source \(source) has no url; add `url:` to it"
    case .badURL(let source, let problem, let advice):
      "the source \(source) cannot be asked: \(problem); \(advice)"
    }
  }
}
