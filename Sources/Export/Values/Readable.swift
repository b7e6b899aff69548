import Runs

/// A value as people read it, and all of it where that says more. Here alone is decided how much of an amount or of a
/// time tables, Markdown, pages and charts show.
struct Readable: Equatable {
  var text: String
  /// With every digit; nil where the text has them already.
  var exact: String?
}

extension Readable {
  fileprivate init(_ text: String, of amount: Money, _ exact: String) {
    self.init(text: NumberText.grouped(text), exact: (try? Money(text)) == amount ? nil : exact)
  }
}

extension Column {
  /// Nil for null.
  ///
  /// - Parameter zone: where people read its times.
  func readable(_ value: Value, in zone: ZoneRules = .utc) -> Readable? {
    guard let exact = ScreenText.text(value, type, in: zone) else { return nil }
    switch (type, DataText(value, type)) {
    case (.money, .text(let text)) where decimals != nil || !isExact:
      guard let amount = try? Money(text) else { return Readable(text: exact) }
      return Readable(decimals.map { amount.text(decimals: $0) } ?? amount.readable, of: amount, exact)
    case (.decimal, .text(let text)) where !isExact:
      guard let amount = try? Money(text) else { return Readable(text: exact) }
      return Readable(amount.readableNumber, of: amount, exact)
    case (.seconds, .seconds(let milliseconds)) where !isExact:
      let text = SecondsText.readable(milliseconds)
      return Readable(text: text, exact: text == exact ? nil : exact)
    default: return Readable(text: exact)
    }
  }
}

extension ReportHead {
  /// With all digits shown where that is asked for.
  func shown(by options: WriterOptions) -> ReportHead {
    guard options.isExact else { return self }
    var head = self
    for index in columns.indices { head.columns[index].isExact = true }
    return head
  }
}
