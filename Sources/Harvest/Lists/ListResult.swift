import Runs

/// What came of reading one list, on one page or many.
struct ListResult: Sendable {
  private static let reasonsShown = 3
  private static let lossesShown = 6

  /// `run`, `runner`: what an element is called in the note.
  let noun: String
  var rows = 0
  var error: HarvestError?
  /// The total that the vendor claims, where it claims one.
  var claimed: Int?
  /// What makes the list incomplete without being an error of one answer.
  var problems: [String] = []
  /// What was odd but harmless.
  var remarks: [String] = []
  /// What the newest page said of itself beside its elements, as it is written.
  var facts: [String: String] = [:]
  /// Fields that could not be read, of elements that were.
  var fields = FieldReading()
  /// Every attempt counts.
  var requests = 0
  private(set) var rejected = 0
  /// Elements that arrived, understood or not.
  private(set) var position = 0
  private var reasons: [String] = []

  init(noun: String) {
    self.noun = noun
  }

  /// Decodes one element; one that cannot be read is counted and its neighbours are none the worse.
  mutating func take<Row>(
    _ element: UnsafeBufferPointer<UInt8>?, into rows: inout [Row],
    _ decode: (UnsafeBufferPointer<UInt8>, inout FieldReading) throws(JSONProblem) -> Row
  ) {
    position += 1
    fields.begin()
    do throws(JSONProblem) {
      guard let element else {
        throw JSONProblem(reason: "is larger than \(JSONListSplitter.elementLimit >> 20) MiB")
      }
      rows.append(try decode(element, &fields))
    } catch {
      rejected += 1
      if reasons.count < ListResult.reasonsShown { reasons.append("\(noun) \(position): \(error.reason)") }
    }
  }

  /// What `coverage` remembers.
  ///
  /// - Parameters:
  ///   - problems: more that was not understood, so that the list is not complete.
  ///   - remarks: what was odd but harmless.
  func reading(
    of resource: ResourceReading.Resource, problems: [String] = [], remarks: [String] = [], redactor: Redactor
  ) -> ResourceReading {
    var notes: [String] = []
    if let error { notes.append(error.problem) }
    if rejected > 0 {
      let more = rejected > reasons.count ? "; and \(rejected - reasons.count) more" : ""
      let shown = reasons.map { redactor.clean($0, limit: 160) }.joined(separator: "; ")
      notes.append("\(rejected) of \(position) \(noun)s could not be understood: \(shown)\(more)")
    }
    notes += fields.losses.prefix(ListResult.lossesShown).map { redactor.clean($0.told(of: noun), limit: 160) }
    if fields.losses.count > ListResult.lossesShown {
      notes.append("and \((fields.losses.count - ListResult.lossesShown).counted("more field"))")
    }
    let problems = self.problems + problems
    let odd = problems + self.remarks + remarks
    notes += odd.prefix(ListResult.reasonsShown).map { redactor.clean($0, limit: 160) }
    if odd.count > ListResult.reasonsShown { notes.append("and \(odd.count - ListResult.reasonsShown) more") }
    return ResourceReading(
      resource: resource, requests: requests, rows: rows, refused: rejected, claimed: claimed,
      isComplete: error == nil && rejected == 0 && problems.isEmpty && !fields.losses.contains(where: \.isNeeded),
      note: notes.isEmpty ? nil : notes.joined(separator: "; "))
  }
}
