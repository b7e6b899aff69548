/// Why a configuration cannot be used, beside mistakes in its text: what is wrong, what to do.
enum ConfigurationError: Error, Equatable, CustomStringConvertible {
  case missingFile(path: String)
  case unreadable(path: String, reason: String)
  case noSources(path: String?)
  case unknownSource(String, known: [String], path: String?)
  case missingVariable(name: String, source: String)
  case missingProxy(name: String, source: String)
  case openSecretFile(path: String, source: String)
  case unusableSecret(line: String, key: String, source: String, reason: String)
  case missingSecret(source: String, key: String)
  case missingURL(source: String)
  case badURL(source: String, problem: String, advice: String)

  var description: String {
    switch self {
    case .missingFile(let path):
      "there is no configuration at \(path); run `runtally init` to make one, or name another with --config"
    case .unreadable(let path, let reason):
      "\(path) cannot be read (\(reason))"
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
    case .unusableSecret(let line, let key, let source, let reason):
      "\(line): the file that \(key) of \(source) names \(reason)"
    case .missingSecret(let source, let key):
      "the source \(source) has no \(key); add `\(key): \"${NAME}\"` or `\(key)_file: PATH` to it"
    case .missingURL(let source):
      "the source \(source) has no url; add `url:` to it"
    case .badURL(let source, let problem, let advice):
      "the source \(source) cannot be asked: \(problem); \(advice)"
    }
  }
}
