/// The keys whose values are nobody's business: what people typed, who they are, and what opens doors.
enum PersonalField {
  /// Without `_` and `-`, in lower case, so that `api_key_secret` and `apiKeySecret` are one.
  private static let names: Set<String> = [
    "runcommand", "command", "argv", "entrypoint", "env", "environment", "envvariables", "envvars", "envval",
    "configoverrides",
    "prompt", "initialprompt", "systemprompt", "sandboxpath", "branchname", "relayconnections", "sessionid",
    "authorization", "password", "secret", "cookie", "apikeyid",
  ]
  private static let endings = ["email", "apikey", "apikeysecret", "token", "secret", "password"]
  private static let beginnings = ["createdby", "registeredby"]
  /// Longer keys are none of these, even with every letter escaped.
  static let longestKey = 400

  /// - Parameter key: between its quotes, escapes and all.
  static func has(key: [UInt8]) -> Bool {
    guard key.count <= longestKey else { return false }
    let text = key.withUnsafeBufferPointer { JSONKey($0).text } ?? String(decoding: key, as: UTF8.self)
    let name = text.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
    return names.contains(name) || endings.contains(where: name.hasSuffix)
      || beginnings.contains(where: name.hasPrefix)
  }
}
