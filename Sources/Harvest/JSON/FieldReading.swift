import Runs

/// Reads the fields of the elements of one list, and remembers what could not be read.
///
/// A value of another type, a form that nobody knows, an instant that cannot be true, a text without an end: each costs
/// the field and never the element, for every vendor alike. It is counted for each field and told in the note of the
/// list. The id alone is no such field, because an element without one is nobody's.
struct FieldReading: Sendable {
  /// A field that could not be read, of one element or of many.
  struct Loss: Equatable, Sendable {
    /// What was wrong the first time, with the name of the field.
    var reason: String
    /// The element that it was missing in first.
    var id: String
    var count = 1
    /// Figures hang on it, so the list is not complete without it.
    var isNeeded: Bool
    fileprivate var key: String
  }

  /// A text of more bytes is lost; names and words are far shorter.
  static let textLimit = 4096
  /// An element with an id of more bytes is lost: the id is part of every row and of paths.
  static let idLimit = 1024
  /// A size or a count beyond this is a mistake.
  static let sizeLimit: Int64 = 1_000_000_000

  /// When the answer was given; nil where nobody knows, and then nothing is ahead of it.
  var answered: Instant?
  private(set) var losses: [Loss] = []
  /// The elements of each field's loss: one that comes again on another page counts once.
  private var ids: [String: Set<RowKey>] = [:]
  /// Those of the element in hand, which has no id yet.
  private var pending: [Loss] = []
  private var pendingInstants = 0
  /// The names of the objects around the field in hand, each with a point behind it.
  private var path = ""

  init(answered: Instant? = nil) {
    self.answered = answered
  }

  /// Whether something of the element in hand could not be read.
  var isPartial: Bool { !pending.isEmpty }
  /// The same of a runner's settings, among which are no instants: some vendors never set those.
  var hasLostSettings: Bool { pending.count > pendingInstants }

  // MARK: Elements

  mutating func begin() {
    pending.removeAll(keepingCapacity: true)
    pendingInstants = 0
  }

  /// The element is read.
  mutating func finish(id: String) throws(JSONProblem) {
    if id.isEmpty { throw JSONProblem(reason: "has no id") }
    for var loss in pending where ids[loss.key, default: []].insert(RowKey(id)).inserted {
      if let known = losses.firstIndex(where: { $0.key == loss.key }) {
        losses[known].count += 1
        losses[known].isNeeded = losses[known].isNeeded || loss.isNeeded
      } else {
        loss.id = id
        losses.append(loss)
      }
    }
  }

  /// - Parameter needed: figures hang on the field.
  mutating func lose(_ key: String, _ reason: String, needed: Bool) {
    pending.append(Loss(reason: path + reason, id: "", isNeeded: needed, key: path + key))
  }

  // MARK: Fields

  func id(_ field: JSONField) throws(JSONProblem) -> String {
    if field.isTooLong { throw field.problem("is too long") }
    let id = try field.text() ?? ""
    if id.utf8.count > FieldReading.idLimit { throw field.problem("is too long") }
    return id
  }

  mutating func text(_ field: JSONField, needed: Bool = false) -> String? {
    read(field, needed: needed) { (field) throws(JSONProblem) in
      let text = try field.repairedText()
      if let text, text.utf8.count > FieldReading.textLimit { throw field.problem("is too long") }
      return text
    }
  }

  mutating func texts(_ field: JSONField) -> [String] {
    read(field) { (field) throws(JSONProblem) in
      let texts = try field.texts()
      if texts.contains(where: { $0.utf8.count > FieldReading.textLimit }) { throw field.problem("is too long") }
      return texts
    } ?? []
  }

  mutating func integer(
    _ field: JSONField, in range: ClosedRange<Int64> = .min ... .max, needed: Bool = false
  ) -> Int64? {
    read(field, needed: needed) { (field) throws(JSONProblem) in
      let number = try field.integer()
      if let number, !range.contains(number) {
        throw field.problem("\(number) is not between \(range.lowerBound) and \(range.upperBound)")
      }
      return number
    }
  }

  mutating func flag(_ field: JSONField, needed: Bool = false) -> Bool? {
    read(field, needed: needed) { (field) throws(JSONProblem) in try field.flag() }
  }

  /// A size or an amount that is kept as it was sent, such as `0.125` or `"0.50"`.
  mutating func size(_ field: JSONField) -> String? {
    read(field) { (field) throws(JSONProblem) in
      guard let text = try field.repairedText() else { return nil }
      // With its unit, such as `512Mi`, it is a text like any other.
      let isPossible: Bool
      do throws(DecimalError) {
        isPossible = (.zero...FieldReading.largestSize).contains(try Money(text))
      } catch {
        if case .notANumber = error { isPossible = text.utf8.count <= 64 } else { isPossible = false }
      }
      if !isPossible { throw field.problem("\"\(text.prefix(40))\" is no size") }
      return text
    }
  }

  private static let largestSize = Money(units: sizeLimit)

  /// One that cannot be true is missing. That is told, but figures do not wait for it: it may stand so for ever.
  mutating func instant(_ field: JSONField, needed: Bool = false) -> Instant? {
    let before = pending.count
    defer { pendingInstants += pending.count - before }
    // Year 0 and the last hours of 9999 are no instants of UTC, and are written for the same reasons.
    if let word = field.unsetInstant {
      lose(field.name, field.problem("\(word)").reason, needed: false)
      return nil
    }
    let read = read(field, needed: needed) { (field) throws(JSONProblem) in try field.instant() }
    guard let read else { return nil }
    guard let doubt = read.doubt(answered: answered) else { return read }
    lose(field.name, field.problem("\(read.rfc3339) \(doubt)").reason, needed: false)
    return nil
  }

  /// Visits the fields of an object within the element.
  mutating func object(
    _ field: JSONField, needed: Bool = false, _ visit: (inout FieldReading, JSONField) -> Void
  ) {
    within(field, needed: needed) { (reading, json) throws(JSONProblem) in
      try JSONObject.visit(json) { (inner) throws(JSONProblem) in visit(&reading, inner) }
    }
  }

  /// The same where fields have several names.
  mutating func object<Name>(
    _ field: JSONField, _ names: AliasTable<Name>, _ visit: (inout FieldReading, JSONField) -> Void
  ) {
    within(field, needed: false) { (reading, json) throws(JSONProblem) in
      try names.visit(json) { (_, inner) throws(JSONProblem) in visit(&reading, inner) }
    }
  }

  private mutating func within(
    _ field: JSONField, needed: Bool,
    _ body: (inout FieldReading, UnsafeBufferPointer<UInt8>) throws(JSONProblem) -> Void
  ) {
    if field.isEmpty { return }
    if field.isTooLong { return lose(field.name, field.problem("is too long").reason, needed: needed) }
    let outer = path
    path += field.name + "."
    do throws(JSONProblem) {
      try body(&self, field.bytes)
      path = outer
    } catch {
      path = outer
      lose(field.name, field.problem(error.reason).reason, needed: needed)
    }
  }

  private mutating func read<Value>(
    _ field: JSONField, needed: Bool = false, _ body: (JSONField) throws(JSONProblem) -> Value?
  ) -> Value? {
    do throws(JSONProblem) {
      if field.isTooLong { throw field.problem("is too long") }
      return try body(field)
    } catch {
      lose(field.name, error.reason, needed: needed)
      return nil
    }
  }
}

extension FieldReading.Loss {
  /// `runner r5: created_at is not a date and time (and of 3 more)`
  func told(of noun: String) -> String {
    "\(noun) \(id): \(reason)" + (count > 1 ? " (and of \(count - 1) more)" : "")
  }
}
