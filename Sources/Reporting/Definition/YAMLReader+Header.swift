/// What only the header of a report holds.
extension YAMLReader {
  /// Those of the keys that have a value.
  func values(_ known: [String]) throws(YAMLMistake) -> [String: YAMLReader] {
    try mapping(known).filter { !$0.value.isNothing }
  }

  func names() throws(YAMLMistake) -> [String] {
    var names: [String] = []
    for item in try elements(of: "names") { names.append(try item.text()) }
    return names
  }

  /// The name of a column that there is.
  func column(of known: [String]) throws(YAMLMistake) -> String {
    try column(try text(), of: known)
  }

  func column(_ name: String, of known: [String]) throws(YAMLMistake) -> String {
    guard known.contains(name) else {
      throw wrong("the name of a column", found: name, near: known.nearest(to: name))
    }
    return name
  }

  func columns(of known: [String]) throws(YAMLMistake) -> [String] {
    var names: [String] = []
    for item in try elements(of: "columns") { names.append(try item.column(of: known)) }
    return names
  }

  /// `hide: zero`
  func hidesZero() throws(YAMLMistake) -> Bool {
    guard try text() == "zero" else { throw wrong("zero") }
    return true
  }
}
