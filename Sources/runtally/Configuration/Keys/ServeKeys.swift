/// The keys of the server.
extension ConfigurationMapping {
  static let serve = ConfigurationMapping([
    ConfigurationKey(
      "tokens", .list(.mapping(.token)), "Who may come in; without any, everybody on this machine and nobody else."),
    ConfigurationKey(
      "hosts", .oneOrMore(.text), "Names by which the server is reached, beside addresses and localhost."),
  ])

  static let token = ConfigurationMapping([
    ConfigurationKey("name", .text, isRequired: true, "Whose token it is."),
    ConfigurationKey(
      "sha256", .form("a SHA-256 of 64 hexadecimal digits", pattern: "[0-9a-f]{64}"), isRequired: true,
      "The hash of the token, as `runtally serve --new-token NAME` prints it."),
  ])
}
