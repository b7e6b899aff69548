import Foundation

/// What was asked for, as the ledger keeps it.
struct AskedAction {
  /// The name that a runner was to have.
  var name: String?
  /// The names of the environment's variables; nil where none were given.
  var variables: [String]?

  private struct Body: Decodable {
    struct Variable: Decodable {
      var name: String

      enum CodingKeys: String, CodingKey { case name = "env_key" }
    }

    var name: String?
    var variables: [Variable]?

    enum CodingKeys: String, CodingKey {
      case name
      case variables = "env_variables"
    }
  }

  init(_ json: String) {
    let body = try? JSONDecoder().decode(Body.self, from: Data(json.utf8))
    name = body?.name
    variables = body?.variables?.map(\.name)
  }
}
