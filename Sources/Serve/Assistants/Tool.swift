import Export
import Reporting
import Runs

/// What an assistant may ask: a question with its parameters, answered by a text. It only reads.
package struct Tool: Sendable {
  package var name: String
  package var title: String
  package var description: String
  package var parameters: [ServedParameter]
  package var required: [String]
  /// Throws what becomes a sentence for the assistant.
  package var answer: @Sendable (ToolArguments) throws -> String

  package init(
    name: String, title: String, description: String, parameters: [ServedParameter], required: [String] = [],
    arguments answer: @escaping @Sendable (ToolArguments) throws -> String
  ) {
    (self.name, self.title, self.description) = (name, title, description)
    (self.parameters, self.required, self.answer) = (parameters, required, answer)
  }

  /// One whose parameters are the same whatever it is asked.
  package init(
    name: String, title: String, description: String, parameters: [ServedParameter], required: [String] = [],
    query answer: @escaping @Sendable (ServedQuery) throws -> String
  ) {
    self.init(name: name, title: title, description: description, parameters: parameters, required: required) {
      try answer($0.query(parameters, required: required))
    }
  }

  /// As a list of tools tells it.
  func tree(_ version: ProtocolVersion) -> JSONTree {
    var members: [(String, JSONTree)] = [("name", .text(name))]
    if version.knowsTitles { members.append(("title", .text(title))) }
    members += [
      ("description", .text(description)),
      (
        "inputSchema",
        .object([
          ("type", .text("object")), ("properties", .object(parameters.map { ($0.name, $0.property) })),
          ("required", .list(required.map { .text($0) })), ("additionalProperties", .flag(false)),
        ])
      ),
    ]
    if version.knowsAnnotations {
      members.append(
        (
          "annotations",
          .object([
            ("title", .text(title)), ("readOnlyHint", .flag(true)), ("destructiveHint", .flag(false)),
            ("idempotentHint", .flag(true)), ("openWorldHint", .flag(false)),
          ])
        ))
    }
    return .object(members)
  }
}

extension ServedParameter {
  /// What its argument looks like, as JSON Schema.
  var property: JSONTree { .object(schema + [("description", .text(description))]) }
}
