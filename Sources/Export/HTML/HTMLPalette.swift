/// The colours of a page, in daylight and in the dark: one accent, three that mean something, everything else between
/// ink and paper.
///
/// Text has a contrast of at least 4.5 to what it stands on, what is drawn one of at least 3 (WCAG 2, level AA). No
/// colour says anything that is not also said in words, by a sign or by a pattern.
struct HTMLPalette: Equatable {
  var paper: String
  /// What stands out from the paper: cards, the heads of tables.
  var raised: String
  var ink: String
  /// Text of second rank.
  var faded: String
  /// Hairlines, which carry no meaning.
  var rule: String
  /// Links, bars and lines.
  var accent: String
  /// The band of an interval, bordered by the accent.
  var band: String
  /// The part of a bar that came to nothing.
  var part: String
  var good: String
  var warning: String
  var bad: String

  static let light = HTMLPalette(
    paper: "#fcfcfa", raised: "#f3f4f1", ink: "#1c2321", faded: "#58625f", rule: "#dcdfda", accent: "#0b6b62",
    band: "#cfe5e0", part: "#c8571f", good: "#1b6e3c", warning: "#855000", bad: "#b42318")

  static let dark = HTMLPalette(
    paper: "#121615", raised: "#1b2120", ink: "#e7ebe9", faded: "#a0aba7", rule: "#333c39", accent: "#5cc4b4",
    band: "#1f4a44", part: "#f0a06c", good: "#7fd69b", warning: "#f2b95c", bad: "#ff9d92")

  /// As custom properties of CSS.
  var properties: String {
    let colours = [
      ("paper", paper), ("raised", raised), ("ink", ink), ("faded", faded), ("rule", rule), ("accent", accent),
      ("band", band), ("part", part), ("good", good), ("warning", warning), ("bad", bad),
    ]
    return colours.map { "--\($0):\($1)" }.joined(separator: ";")
  }
}
