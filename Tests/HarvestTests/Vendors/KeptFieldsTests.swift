import Foundation
import Testing

@testable import Harvest

/// What is kept of an answer is what is read of it: neither less nor more.
@Suite struct KeptFieldsTests {
  /// Every name that stands behind a `case` in a vendor's folder: the fields that its readers ask for.
  private func read(in folder: String) throws -> Set<String> {
    let sources = URL(fileURLWithPath: #filePath).appending(path: "../../../../Sources/Harvest/\(folder)").standardized
    var names: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: nil)
    where file.lastPathComponent.contains("Run") {
      let text = try String(contentsOf: file, encoding: .utf8)
      names.formUnion(text.matches(of: /case "([a-z_]+)":/).map { String($0.output.1) })
    }
    return names
  }

  private func names(in fields: KeptFields) -> Set<String> {
    fields.names.reduce(into: fields.names) { names, name in
      if let inner = fields[name] { names.formUnion(self.names(in: inner)) }
    }
  }

  @Test("Nodion's readers ask for what is kept of its answers, and for nothing else")
  func nodion() throws {
    let kept = names(in: NodionNames.run).union(names(in: NodionNames.runner))
    #expect(try read(in: "Nodion") == kept)
  }

  @Test("what the other vendors' tables name is kept, under each of its names")
  func tables() {
    #expect(
      VendorAPI.agentsMesh.kept.lists["pods"]?.names == [
        "key", "pod_key", "status", "created_at", "started_at", "finished_at", "updated_at",
      ])
    #expect(VendorAPI.agentsMesh.kept.facts == ["total"])
    #expect(VendorAPI.soda.kept.lists["content"]?["versions"]?.names == ["runner", "agent"])
    #expect(VendorAPI.soda.kept.lists["content"]?["name"]?.isValue == true)
  }
}
