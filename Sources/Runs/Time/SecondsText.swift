/// Milliseconds as seconds with three decimals, as people and reports read them.
package enum SecondsText {
  /// `270.000`
  package static func text(_ milliseconds: Int64) -> String {
    String(unsafeUninitializedCapacity: DigitText.room) { bytes in
      bytes.baseAddress.map { DigitText.seconds(milliseconds, at: $0) } ?? 0
    }
  }

  /// `270.000 s`
  package static func withUnit(_ milliseconds: Int64) -> String { text(milliseconds) + " s" }
}
