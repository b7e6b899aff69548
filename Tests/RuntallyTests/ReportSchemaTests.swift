import Foundation
import Reporting
import Testing

/// `--schema` promises programs what a report's JSON is; a report has columns that only some groupings have.
@Suite struct ReportSchemaTests {
  @Test("the JSON of every report is as its schema says, by each grouping")
  func everyGrouping() async throws {
    let place = try Workplace()
    try place.writeBodies()
    try place.configure()
    #expect(try await place.importBodies().exitCode == 0)
    try place.configure(more: "labels: [{source: production, runner: \"*\", team: data}]")
    for definition in try ReportCatalog.builtIn() {
      let report = try await ReportSchemaTests.object(place.run("report", definition.name, "--schema").out)
      let row = try #require((report["$defs"] as? [String: [String: Any]])?["row"])
      let period = definition.parameters.contains(.period) ? ["--all"] : []
      for grouping in definition.groupBy?.values.map(Optional.some) ?? [nil] {
        let arguments = grouping.map { ["--group-by", $0 == "label" ? "label:team" : $0] } ?? []
        let command = ["report", definition.name, "--format", "json"] + period + arguments
        let printed = try await place.start(command).finished()
        #expect(printed.exitCode == 0, "\(command): \(printed.err)")
        let json = try ReportSchemaTests.object(printed.out)
        #expect(try SchemaCheck.accepts(json, by: ReportSchemaTests.withoutRows(report)), "\(definition.name)")
        let rows = try #require(json["rows"] as? [[String: Any]])
        #expect(try rows.allSatisfy { try SchemaCheck.accepts($0, by: row) }, "\(definition.name) \(arguments)")
      }
    }
  }

  private static func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// What the schema says of everything but the rows, which it says by reference.
  private static func withoutRows(_ schema: [String: Any]) -> [String: Any] {
    var schema = schema
    var properties = schema["properties"] as? [String: Any] ?? [:]
    properties["rows"] = ["type": "array"]
    schema["properties"] = properties
    return schema
  }
}
