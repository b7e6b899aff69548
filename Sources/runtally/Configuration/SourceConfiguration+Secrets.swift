import Harvest
import Runs

extension SourceConfiguration {
  /// The secrets of the source, looked up.
  ///
  /// - Throws: ``ConfigurationError`` naming what is missing.
  func lookUpSecrets(environment: [String: String]) throws -> SourceSecrets {
    let keys = api.keys.filter { $0.kind == .secret }
    for key in keys where key.isRequired && secrets[key.name] == nil {
      throw ConfigurationError.missingSecret(source: name, key: key.name)
    }
    return SourceSecrets(
      try keys.compactMap { key in
        try secrets[key.name].map { reference in
          SourceSecrets.Entry(
            key: key.name, secret: try reference.lookUp(key.name, for: name, environment: environment),
            origin: reference.name)
        }
      })
  }

  /// The source as its vendor's code asks it.
  /// - Parameters:
  ///   - secrets: none for saved answers.
  ///   - instant: the visit's; signs of life are old or new by it.
  func runnerSource(through door: AnswerDoor, _ secrets: SourceSecrets, at instant: Instant) -> any RunnerSource {
    api.makeSource(
      door,
      SourceAccess(
        values: values, secrets: secrets, pageSize: client.pageSize, pageLimit: client.pageLimit, instant: instant))
  }
}
