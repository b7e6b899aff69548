import Runs

/// A value as data formats write it: CSV, JSON and JSON Lines say the same, each with its own quotes.
///
/// SQLite lets any value stand in any column; a value that is not what its column promises is written as what it is.
enum DataText: Equatable {
  case null
  case integer(Int64)
  /// Milliseconds, written as seconds with three decimals.
  case seconds(Int64)
  /// Milliseconds since 1970, written as RFC 3339 UTC.
  case instant(Int64)
  /// Days since 1970.
  case day(Int64)
  case real(Double)
  case flag(Bool)
  /// Anything that a format may have to quote: money too, because numbers lose digits in readers.
  case text(String)

  /// Calendar arithmetic is only asked for days that a calendar could have (some 270,000 years either way).
  private static let calendarDays: ClosedRange<Int64> = -100_000_000...100_000_000

  init(_ value: Value, _ type: ColumnType) {
    switch value {
    case .null:
      self = .null
    case .text(let text):
      self = .text(text)
    case .integer(let number):
      self =
        switch type {
        case .seconds: .seconds(number)
        case .instant: .instant(number)
        case .day: DataText.calendarDays.contains(number) ? .day(number) : .integer(number)
        case .flag: .flag(number != 0)
        case .any, .integer, .rate, .probability: .integer(number)
        case .text, .word, .month, .money, .price, .decimal: .text(String(number))
        }
    case .real(let number):
      self.init(real: number, type)
    }
  }

  private init(real: Double, _ type: ColumnType) {
    guard real.isFinite else {
      self = .null
      return
    }
    switch type {
    case .seconds:
      // A mean of milliseconds, still in milliseconds.
      self = Int64(exactly: real.rounded(.toNearestOrEven)).map { .seconds($0) } ?? .real(real)
    case .text, .word, .month, .money, .price, .decimal:
      self = .text(DataText.plain(real))
    case .any, .integer, .instant, .day, .rate, .probability, .flag:
      self = .real(real)
    }
  }

  /// Appends the bare value, without quotes; nothing for null.
  func write(to output: Output) throws {
    switch self {
    case .null: break
    case .integer(let number): try output.appendDigits { DigitText.integer(number, at: $0) }
    case .seconds(let number): try output.appendDigits { DigitText.seconds(number, at: $0) }
    case .instant(let number): try output.appendDigits { DigitText.instant(number, at: $0) }
    case .day(let number): try output.appendDigits { DigitText.day(number, at: $0) }
    case .real(let number): try output.append(DataText.plain(number))
    case .flag(let isSet): try output.append(isSet ? "true" : "false")
    case .text(let text): try output.append(text)
    }
  }

  /// The bare value; nil for null.
  var string: String? {
    switch self {
    case .null: nil
    case .integer(let number): String(number)
    case .seconds(let number): SecondsText.text(number)
    case .instant(let number): DigitText.string { DigitText.instant(number, at: $0) }
    case .day(let number): DigitText.string { DigitText.day(number, at: $0) }
    case .real(let number): DataText.plain(number)
    case .flag(let isSet): isSet ? "true" : "false"
    case .text(let text): text
    }
  }

  /// Statistics have 12 significant digits: more would differ between machines and mean nothing.
  static func plain(_ real: Double) -> String {
    DecimalDigits(real).rounded(significant: 12).plain()
  }
}
