import Runs

/// Runs or runners as JUnit XML, so that a CI server keeps and compares them like tests.
///
/// There is no official format. This is the portable profile: valid under the schemas of both Jenkins and Ant, and read
/// alike by the servers that ask for neither. A group is a suite, a row a test case.
package struct JUnitWriter: RowWriter {
  /// What ``ReportHead/groupColumns`` begins with; every further one becomes a property of the suite.
  package static let groupColumns = [
    "suite", "package", "hostname", "timestamp", "tests", "failures", "errors", "skipped", "time",
  ]
  /// What ``ReportHead/columns`` is.
  package static let columns = ["name", "package", "suite", "time", "outcome", "message", "detail"]

  static let timeColumn = 3
  static let outcomeColumn = 4
  /// From `tests` to `time`.
  static let countColumns = 4..<9

  private let output: Output
  /// What is said of cases that pass: the schemas let only a suite have such text.
  private var remarks: [String] = []
  private var xml: XMLStream?
  private var properties: [Column] = []
  private var notice: String?
  /// Stands in for a suite in which nothing ever started: one schema insists on a time.
  private var fallbackTime: Int64 = 0
  private var suites = 0
  private var isInSuite = false
  private var className = ClassName.none
  /// What tells the group in hand from another of its name.
  private var group = ""
  private(set) var classNames: ClassNames

  package init(to output: Output) {
    self.init(to: output, classNames: ClassNames())
  }

  /// - Parameter classNames: those of the files before this one.
  init(to output: Output, classNames: ClassNames) {
    self.output = output
    self.classNames = classNames
  }

  package mutating func begin(_ head: ReportHead) throws {
    try check(head.groupColumns.prefix(JUnitWriter.groupColumns.count), are: JUnitWriter.groupColumns, in: head)
    try check(head.columns[...], are: JUnitWriter.columns, in: head)
    notice = head.notice
    properties = Array(head.groupColumns.dropFirst(JUnitWriter.groupColumns.count))
    fallbackTime = head.asOf?.milliseconds ?? 0
    let xml = try XMLStream(to: output)
    try xml.start("testsuites")
    self.xml = xml
  }

  package mutating func group(_ values: [Value]) throws {
    guard let xml else { return }
    try closeSuite()
    let package = XMLText(name: values[1]) ?? XMLText("-")
    try xml.start("testsuite")
    isInSuite = true
    try xml.attribute("id", XMLText(String(suites)))
    try xml.attribute("name", XMLText(name: values[0]) ?? package)
    try xml.attribute("package", package)
    try xml.attribute("hostname", XMLText(name: values[2]) ?? XMLText(name: values[1]) ?? XMLText("localhost"))
    try xml.attribute("timestamp", timestamp(values[3]))
    for (index, attribute) in ["tests", "failures", "errors", "skipped"].enumerated() {
      try xml.attribute(attribute, count(values[4 + index]))
    }
    try xml.attribute("time", time(values[8]))
    suites += 1
    className = .none
    group = values.dropFirst(JUnitWriter.groupColumns.count).map { "\($0)" }.joined(separator: "\n")

    try xml.start("properties")
    if let notice { try property("notice", notice, in: xml) }
    for (column, value) in zip(properties, values.dropFirst(JUnitWriter.groupColumns.count)) {
      guard let text = DataText(value, column.type).string else { continue }
      try property(column.name, text, in: xml)
    }
    try xml.end()
  }

  private func property(_ name: String, _ value: String, in xml: XMLStream) throws {
    try xml.start("property")
    try xml.attribute("name", XMLText(name))
    try xml.attribute("value", XMLText(value))
    try xml.end()
  }

  package mutating func row(_ values: [Value]) throws {
    guard let xml, isInSuite else { throw ExportError.rowWithoutGroup(format: .junit) }
    if !className.isOf(values[1], values[2]) {
      className = classNames.name(package: values[1], suite: values[2], group: group)
    }
    try xml.start("testcase")
    let name = XMLText(name: values[0]) ?? XMLText("-")
    try xml.attribute("name", name)
    try xml.attribute("classname", className.text)
    try xml.attribute("time", time(values[3]))
    if text(values[JUnitWriter.outcomeColumn]) == JUnitResult.warning {
      remarks.append("warning: \(name.string): \(text(values[5]) ?? "")")
    }
    try writeResult(
      outcome: values[JUnitWriter.outcomeColumn], message: text(values[5]), detail: text(values[6]), to: xml)
    try xml.end()
  }

  package mutating func end(_ summary: ReportSummary) throws {
    try closeSuite()
    try xml?.end()
    try xml?.finish()
  }

  private mutating func closeSuite() throws {
    guard let xml, isInSuite else { return }
    isInSuite = false
    // One schema demands both, empty or not.
    for element in ["system-out", "system-err"] {
      try xml.start(element)
      if element == "system-out", !remarks.isEmpty { try xml.text(XMLText(remarks.joined(separator: "\n"))) }
      try xml.end()
    }
    remarks = []
    try xml.end()
  }

  private func writeResult(outcome: Value, message: String?, detail: String?, to xml: XMLStream) throws {
    let word = text(outcome)
    let element: String
    let type: String
    // Some readers cast a text by its type, so no type may be a word of XML schemas such as `integer`.
    switch JUnitResult(outcome: outcome) {
    case .success: return
    case .failure: (element, type) = ("failure", word == JUnitResult.violation ? "Violation" : "ExitCode")
    case .error: (element, type) = ("error", word == Outcome.timeout.word ? "Timeout" : "Error")
    case .skipped:
      let headline = message ?? word ?? Outcome.unknown.word
      try xml.start("skipped")
      try xml.attribute("message", XMLText(headline))
      // Some readers know no attribute here.
      try xml.text(XMLText(headline))
      return try xml.end()
    }
    let headline = message ?? word ?? type
    try xml.start(element)
    try xml.attribute("message", XMLText(headline))
    try xml.attribute("type", XMLText(type))
    // Readers that show the text forget the attribute.
    try xml.text(XMLText(detail.map { headline + "\n" + $0 } ?? headline))
    try xml.end()
  }

  private func check(_ columns: ArraySlice<Column>, are expected: [String], in head: ReportHead) throws {
    let found = columns.map(\.name)
    guard found != expected else { return }
    throw ExportError.wrongColumns(report: head.name, format: .junit, expected: expected, found: found)
  }

  private func text(_ value: Value) -> String? {
    DataText(value, .text).string.flatMap { $0.isEmpty ? nil : $0 }
  }

  private func count(_ value: Value) -> XMLText {
    guard case .integer(let number) = value else { return XMLText("0") }
    return XMLText(String(max(0, number)))
  }

  /// Seconds with exactly three decimals; the negative time of a wrong clock is none.
  private func time(_ value: Value) -> XMLText {
    guard case .seconds(let milliseconds) = DataText(value, .seconds) else { return XMLText("0.000") }
    return XMLText(SecondsText.text(max(0, milliseconds)))
  }

  /// UTC without saying so: one schema forbids a zone, and readers take none for UTC.
  private func timestamp(_ value: Value) -> XMLText {
    var milliseconds = fallbackTime
    if case .integer(let number) = value { milliseconds = number }
    // Outside the years 1 to 9999 there is no valid way to write it.
    milliseconds = min(max(milliseconds, -62_135_596_800_000), 253_402_300_799_999)
    return XMLText(DigitText.string { DigitText.wallClock(milliseconds, separator: UInt8(ascii: "T"), at: $0) })
  }
}
