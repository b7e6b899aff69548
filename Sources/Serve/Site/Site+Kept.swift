import Export
import Foundation
import Runs
import Store

/// Answers that hang on nothing but the ledger: they have a tag, by which a client that has one need not be sent it again.
extension Site {
  /// - Parameters:
  ///   - what: tells this answer from every other one of the same ledger.
  ///   - isOfPast: it is of the ledger as it was.
  ///   - make: is run on a thread that may wait.
  func kept(
    _ asked: Asked, _ what: String, type: String, fileName: String? = nil, isOfPast: Bool = false,
    _ make: @escaping @Sendable (LedgerState) throws -> Answered.Body
  ) async throws -> Answered {
    let packs = Site.packs(asked, type)
    /// With what is said of its body, whether it may be kept or not.
    @Sendable func described(_ answer: Answered) -> Answered {
      var answer = answer
      if packs { answer["Content-Encoding"] = "gzip" }
      answer["Content-Disposition"] = fileName.map { "attachment; filename=\"\($0)\"" }
      return answer
    }
    return try await (isOfPast ? pastWorkers : workers).run { [self] in
      // While somebody writes, an answer may be of a later state than the tag that was made before it.
      var body = Answered.Body.bytes([])
      for _ in 0..<2 {
        let state = try watch.state { try program.open(nil) }
        let tag = tag(state, what, isPacked: packs)
        if Site.has(asked, tag) { return headed(Answered(304), tag, type) }
        if let answer = cache[tag] { return answer }
        body = try make(state)
        if packs { body = try Packing.packed(body) }
        guard watch.files == state.files else { continue }
        let answer = described(headed(Answered(200, body: body), tag, type))
        cache.keep(answer, as: tag)
        return answer
      }
      return described(Site.unkept(type, body))
    }
  }

  private static func unkept(_ type: String, _ body: Answered.Body) -> Answered {
    Answered(
      200, headers: [("Content-Type", type), ("Cache-Control", "no-store"), ("Vary", Site.varies)], body: body)
  }

  /// What is the same as long as the program runs.
  func constant(_ asked: Asked, type: String, body: Answered.Body) async throws -> Answered {
    let packs = Site.packs(asked, type)
    let tag = "\"" + Fingerprint(of: "\(program.generator)|\(program.configuration)|\(type)|\(packs)").digits + "\""
    if Site.has(asked, tag) { return headed(Answered(304), tag, type) }
    return try await workers.run { [self] in
      var answer = headed(Answered(200, body: packs ? try Packing.packed(body) : body), tag, type)
      if packs { answer["Content-Encoding"] = "gzip" }
      return answer
    }
  }

  /// What changes with the clock: nobody keeps it.
  func fresh(
    _ asked: Asked, type: String, isOfPast: Bool = false, _ make: @escaping @Sendable () throws -> Answered.Body
  ) async throws -> Answered {
    let packs = Site.packs(asked, type)
    return try await (isOfPast ? pastWorkers : workers).run {
      let body = try make()
      var answer = Site.unkept(type, packs ? try Packing.packed(body) : body)
      if packs { answer["Content-Encoding"] = "gzip" }
      return answer
    }
  }

  private static let varies = "Accept, Accept-Encoding, Authorization, Cookie"

  private func headed(_ answered: Answered, _ tag: String, _ type: String) -> Answered {
    var answered = answered
    if answered.status == 200 { answered["Content-Type"] = type }
    answered["ETag"] = tag
    // It may be kept, and is asked for every time: whether it is still the same costs next to nothing.
    answered["Cache-Control"] = "private, no-cache"
    answered["Vary"] = Site.varies
    return answered
  }

  /// Made of the ledger's sequence and state, the program with its configuration, the question, and which sources are
  /// old by now: the one thing in a report that the clock says.
  private func tag(_ state: LedgerState, _ what: String, isPacked: Bool) -> String {
    let stale = program.stale(state).joined(separator: ",")
    let fingerprint = Fingerprint(
      of: [state.files, program.generator, program.configuration, what, stale].joined(separator: "\u{1F}"))
    return "\"\(state.sequence)-\(fingerprint.digits)\(isPacked ? "-gzip" : "")\""
  }

  /// Whether a client says that it has it.
  private static func has(_ asked: Asked, _ tag: String) -> Bool {
    guard let tags = asked.headers["if-none-match"] else { return false }
    return tags.split(separator: ",").map(\.trimmed).contains { text in
      text == "*" || text == tag || text == "W/" + tag
    }
  }

  /// Whether the body is sent packed: where a client takes that, and it is not packed already.
  private static func packs(_ asked: Asked, _ type: String) -> Bool {
    guard type != Format.xlsx.mediaType else { return false }
    return Asked.words(asked.headers["accept-encoding"]).contains { word in
      let parts = word.split(separator: ";").map(\.trimmed)
      let refuses = parts.dropFirst().contains { $0.wholeMatch(of: /q=0(?:\.0*)?/) != nil }
      return (parts.first == "gzip" || parts.first == "*") && !refuses
    }
  }
}

extension ServedProgram {
  /// The names of the sources that reports call old by now.
  func stale(_ state: LedgerState) -> [String] {
    state.stale(before: patience.map { now().advanced(byMilliseconds: -$0.milliseconds) })
  }
}
