import Reporting

extension [RunnerLabel] {
  /// Reads one entry of `labels:`, such as `{source: production, runner: "backup-*", cost_center: "4711"}`: every key
  /// but the first two is a label.
  init(_ reader: YAMLReader) throws {
    let entries = try reader.mapping()
    let keys = Dictionary(uniqueKeysWithValues: entries)
    guard let source = keys["source"] else { throw reader.missing("a source, such as source: production") }
    let labels = entries.filter { !ConfigurationMapping.label.names.contains($0.0) }
    guard !labels.isEmpty else { throw reader.missing("a label, such as cost_center: \"4711\"") }
    for (key, value) in labels where key.hasPrefix("runtally/") {
      throw value.wrong(
        "a key of your own", found: "\(key): keys with runtally/ in front are what FOCUS files call generated tags")
    }
    self = try labels.map { key, value in
      RunnerLabel(
        source: try source.text(), runner: try keys["runner"]?.text() ?? "*", key: key, value: try value.text())
    }
  }
}
