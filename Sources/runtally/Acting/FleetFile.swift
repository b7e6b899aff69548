import Foundation
import Harvest
import Reporting
import Runs

/// A fleet in a file: the runners of one source as they should be.
struct FleetFile {
  struct Entry {
    /// By which its runner is found where it is given; else by its name.
    var id: String?
    /// In the words of the file.
    var setup: RunnerSetup
    /// For mistakes.
    var place: String
  }

  var source: String
  var entries: [Entry]

  /// - Throws: a `YAMLMistake` with file, line and what was expected.
  init(_ file: String) throws {
    let name = StandardFile.label(of: file)
    guard StandardFile.isThere(file), let text = try StandardFile.text(of: file, as: "the fleet") else {
      throw UsageError(reason: "\(name) cannot be read, or is not UTF-8 text; name a file of runners")
    }
    try self.init(text: text, file: name)
  }

  init(text: String, file: String) throws {
    guard let reader = try YAMLReader(file: file, text: text) else {
      throw UsageError(reason: "\(file) says nothing; it is to name a source and its runners")
    }
    let keys = try reader.mapping(["source", "runners"])
    guard let source = keys["source"] else { throw reader.missing("the source, such as source: production") }
    guard let runners = keys["runners"] else { throw reader.missing("a list of runners, below runners:") }
    self.source = try source.text()
    entries = try runners.elements(of: "runners").map { try Entry($0) }
    var seen: [String: String] = [:]
    for entry in entries {
      let key = entry.id ?? entry.name
      if let other = seen.updateValue(entry.place, forKey: key) {
        throw UsageError(reason: "\(entry.place): \(key) stands there already, at \(other)")
      }
    }
  }
}

extension FleetFile.Entry {
  var name: String { setup[.name].map(\.description) ?? "" }

  fileprivate init(_ reader: YAMLReader) throws {
    let keys = try reader.mapping(["id"] + RunnerSetup.Field.allCases.map(\.rawValue))
    place = "\(reader.file):\(reader.line)"
    id = try keys["id"]?.text()
    setup = RunnerSetup()
    for field in RunnerSetup.Field.allCases {
      guard let value = keys[field.rawValue] else { continue }
      switch field {
      case .timeout: setup[field] = .integer(Int64(try value.integer()))
      case .entrypoint, .registry: setup[field] = value.isNothing ? RunnerSetup.Setting.none : .text(try value.text())
      default: setup[field] = .text(try value.text())
      }
    }
    if setup[.name] == nil { throw reader.missing("a name") }
  }
}

extension FleetFile {
  /// A source's runners as such a file.
  ///
  /// - Parameter things: what people call regions and machines.
  static func text(of runners: [LiveRunner], source: String, _ things: NamedThings) -> String {
    var names: [String: Int] = [:]
    for runner in runners { names[runner.record.name, default: 0] += 1 }
    var lines = [
      "# The runners of \(source.harmless) as they should be: `runtally runner apply FILE` makes them so.",
      "source: \(quoted(source))", "runners:" + (runners.isEmpty ? " []" : ""),
    ]
    for runner in runners {
      guard let setup = runner.setup else { continue }
      var members = setup.fields.map { field in
        let value =
          switch setup[field] {
          case .integer(let integer)?: "\(integer)"
          case .text?: quoted(things.word(for: field, setup[field]) ?? "")
          case RunnerSetup.Setting.none?, nil: "null"
          }
        return "\(field.rawValue): \(value)"
      }
      // Only where its name does not tell which one it is.
      if names[runner.record.name] != 1 { members.insert("id: \(quoted(runner.record.id))", at: 0) }
      lines += members.enumerated().map { ($0 == 0 ? "  - " : "    ") + $1 }
    }
    return lines.joined(separator: "\n")
  }

  /// JSON's texts are YAML's too, but for what is a line break there alone (YAML 1.1, 4.2).
  private static func quoted(_ text: String) -> String {
    let breaks = [("\u{85}", #"\u0085"#), ("\u{2028}", #"\u2028"#), ("\u{2029}", #"\u2029"#)]
    return breaks.reduce(RequestBody.text(text).json(for: .person)) { $0.replacing($1.0, with: $1.1) }
  }
}
