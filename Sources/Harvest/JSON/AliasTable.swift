/// The names under which an object's fields are looked for.
///
/// What a vendor documents and what its server sends can differ in every name, and servers are renamed behind their
/// documentation. So a decoder names the field it means, and the table says what it may be called.
struct AliasTable<Field: Hashable & Sendable>: Sendable {
  private let entries: [(field: Field, name: StaticString)]

  /// - Parameter names: each field once, with the name that counts first in front.
  init(_ names: KeyValuePairs<Field, [StaticString]>) {
    entries = names.flatMap { field, names in names.map { (field, $0) } }
  }

  /// `max_pods, max_concurrent_pods`
  func names(of field: Field) -> String {
    entries.filter { $0.field == field }.map(\.name.description).joined(separator: ", ")
  }

  /// Every name of every field.
  var all: [(field: Field, name: String)] { entries.map { ($0.field, $0.name.description) } }

  /// Hands over each field once: what stands under the first of its names that holds anything. Absent, null and empty
  /// are the same: the field is not handed over.
  func visit(
    _ json: UnsafeBufferPointer<UInt8>, _ read: (Field, JSONField) throws(JSONProblem) -> Void
  ) throws(JSONProblem) {
    var found = [JSONField?](repeating: nil, count: entries.count)
    try JSONObject.visit(json) { field in
      guard !field.isEmpty, let index = entries.firstIndex(where: { field.key == $0.name }) else { return }
      // The key of a field lives as long as its visit, and the table's own name for ever.
      found[index] = JSONField(key: JSONKey(entries[index].name), bytes: field.bytes)
    }
    var last: Field?
    for (index, entry) in entries.enumerated() where entry.field != last {
      guard let field = found[index] else { continue }
      last = entry.field
      try read(entry.field, field)
    }
  }
}
