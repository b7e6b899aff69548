import Runs

/// What opens the doors: a name for people, and the hash of a secret that is written down nowhere.
package struct Token: Equatable, Sendable {
  package var name: String
  /// 64 hexadecimal digits in small letters.
  package var sha256: String

  package init(name: String, sha256: String) {
    self.name = name
    self.sha256 = sha256.lowercased()
  }

  /// A fresh secret of 256 bits, and the token that it opens.
  package static func make(named name: String) -> (secret: String, token: Token) {
    let secret = "rtly_" + random()
    return (secret, Token(name: name, sha256: SHA256.digits(of: secret.utf8)))
  }

  /// 256 bits of the system's randomness, in letters that need no escaping anywhere.
  static func random() -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    var generator = SystemRandomNumberGenerator()
    // 43 letters of 6 bits each.
    return String((0..<43).map { _ in letters[Int.random(in: 0..<64, using: &generator)] })
  }
}

extension [Token] {
  /// The token that a secret opens; nil where it opens none.
  ///
  /// All are compared to their end, so that the time it takes says nothing of what is right in a secret.
  func opened(by secret: String) -> Token? {
    let hash = [UInt8](SHA256.digits(of: secret.utf8).utf8)
    var found: Token?
    for token in self {
      let wanted = [UInt8](token.sha256.utf8)
      var difference = hash.count ^ wanted.count
      for index in hash.indices { difference |= Int(hash[index] ^ (index < wanted.count ? wanted[index] : 0)) }
      if difference == 0 { found = token }
    }
    return found
  }
}
