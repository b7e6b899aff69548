import Runs

/// Writes one JUnit report as several files, each below the limits of the CI servers that read them.
///
/// GitLab takes 30 MB a file and fails above some 250,000 objects in it; others read a file into memory as a tree. The
/// cases of a suite may go on in the next file: there the suite has its name again, and counts its own cases only.
package struct JUnitSplitWriter: RowWriter {
  /// How much one file may hold.
  package struct Limits: Sendable {
    /// With its attributes, its result and their texts a case is up to eight objects.
    package var cases = 25_000
    package var bytes = 25_000_000

    package init() {}
  }

  private let limits: Limits
  private let open: (_ number: Int) throws -> Output
  private var head: ReportHead?
  private var files: [Output] = []
  private var writer: JUnitWriter?
  private var classNames = ClassNames()
  private var group: [Value]?
  /// Cases of the group that the file will get; they follow its counts, so they have to wait for them.
  private var waiting: [[Value]] = []
  private var cases = 0
  private var bytes = 0

  /// - Parameter open: makes the output with a number, from 1.
  package init(limits: Limits = Limits(), open: @escaping (_ number: Int) throws -> Output) {
    self.limits = limits
    self.open = open
  }

  /// Gives all files their names; without it none appears.
  ///
  /// - Returns: how many there are.
  package func commit() throws -> Int {
    for file in files { try file.commit() }
    return files.count
  }

  package mutating func begin(_ head: ReportHead) throws {
    self.head = head
    try startFile()
  }

  package mutating func group(_ values: [Value]) throws {
    try writeGroup()
    group = values
  }

  package mutating func row(_ values: [Value]) throws {
    guard group != nil else { throw ExportError.rowWithoutGroup(format: .junit) }
    let size = JUnitSplitWriter.size(of: values)
    if cases > 0, cases >= limits.cases || bytes + size > limits.bytes {
      let continued = group
      try writeGroup()
      try endFile()
      try startFile()
      group = continued
    }
    waiting.append(values)
    cases += 1
    bytes += size
  }

  package mutating func end(_ summary: ReportSummary) throws {
    try writeGroup()
    try endFile()
  }

  private mutating func startFile() throws {
    guard let head else { return }
    let file = try open(files.count + 1)
    files.append(file)
    var writer = JUnitWriter(to: file, classNames: classNames)
    try writer.begin(head)
    self.writer = writer
    (cases, bytes) = (0, 0)
  }

  private mutating func endFile() throws {
    try writer?.end(ReportSummary(rows: cases))
    try files.last?.flush()
    classNames = writer?.classNames ?? classNames
    writer = nil
  }

  private mutating func writeGroup() throws {
    guard let group else { return }
    try writer?.group(JUnitSplitWriter.counting(waiting, in: group))
    for values in waiting { try writer?.row(values) }
    waiting.removeAll(keepingCapacity: true)
    self.group = nil
  }

  /// The group with the counts and the time of these cases.
  private static func counting(_ cases: [[Value]], in group: [Value]) -> [Value] {
    let results = cases.map { JUnitResult(outcome: $0[JUnitWriter.outcomeColumn]) }
    let counts = [nil, JUnitResult.failure, .error, .skipped].map { wanted in
      Int64(wanted.map { wanted in results.count { $0 == wanted } } ?? results.count)
    }
    let time = cases.map { values in
      if case .integer(let time) = values[JUnitWriter.timeColumn] { max(0, time) } else { Int64(0) }
    }
    var group = group
    group.replaceSubrange(
      JUnitWriter.countColumns, with: (counts + [time.reduce(0, +)]).map { Value.integer($0) })
    return group
  }

  /// The most bytes that a case takes in a file: its element, and each text escaped and twice.
  private static func size(of values: [Value]) -> Int {
    values.reduce(400) { sum, value in
      guard case .text(let text) = value else { return sum + 24 }
      // What is longer is cut. The longest escape is `&quot;`, six bytes for one.
      let escaped = text.utf8.prefix(XMLText.limit).reduce(0) { $0 + (needsEscape($1) ? 6 : 1) }
      return sum + 2 * escaped
    }
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), 0..<0x20: true
    default: false
    }
  }
}
