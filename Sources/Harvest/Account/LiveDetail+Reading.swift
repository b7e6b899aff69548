import Runs

extension [LiveDetail] {
  /// The fields of an object that are called so, in the vendor's order: `name`, and `region.name` of an object within.
  ///
  /// Whatever else an answer holds is nobody's business, so there is no way to read all of it.
  init(_ json: UnsafeBufferPointer<UInt8>, named names: Set<String>) throws(JSONProblem) {
    self = []
    try read(json, below: "", names)
  }

  private mutating func read(
    _ json: UnsafeBufferPointer<UInt8>, below way: String, _ names: Set<String>
  ) throws(JSONProblem) {
    var found: [LiveDetail] = []
    try JSONObject.visit(json) { (field) throws(JSONProblem) in
      let name = way + field.name
      if field.bytes.first == UInt8(ascii: "{"), names.contains(where: { $0.hasPrefix(name + ".") }) {
        var inner: [LiveDetail] = []
        try inner.read(field.bytes, below: name + ".", names)
        found += inner
      } else if names.contains(name) {
        found.append(LiveDetail(name: name, value: field.shown))
      }
    }
    self += found
  }
}

extension JSONField {
  /// As it is written, without quotation marks; the elements of a list behind each other. Nil for null.
  fileprivate var shown: String? {
    switch bytes.first {
    case UInt8(ascii: "["): (try? texts()).map { $0.joined(separator: ", ") } ?? nil
    case UInt8(ascii: "{"): nil
    case UInt8(ascii: "t"), UInt8(ascii: "f"): String(decoding: bytes, as: UTF8.self)
    default: (try? repairedText()) ?? nil
    }
  }
}
