/// A picture of a report's rows, drawn from its columns by formats that can draw.
///
/// It says which column stands where and nothing of colours or sizes, so that every format draws it in its own way.
package struct Chart: Equatable, Sendable {
  package var title: String
  package var kind: Kind

  package enum Kind: Equatable, Sendable {
    case bars(Bars)
    case line(Line)
    case figures([Figure])
  }

  /// One bar for each category; rows of one category are added up, money of two currencies never.
  package struct Bars: Equatable, Sendable {
    /// The columns that together tell one category from another, the one that names it first. Empty means what the
    /// report is grouped by.
    package var category: [String]
    package var value: String
    /// The column with the part of the value that stands out, such as what was wasted of a cost.
    package var part: String?
    /// Only so many, the largest first; nil keeps the order of the rows.
    package var top: Int?
    package var form: Form
    /// The column with what an unfinished value is expected to come to.
    package var forecast: String?

    package enum Form: Equatable, Sendable {
      /// Lying, so that names have room.
      case bars
      /// Upright and side by side, through time.
      case columns
      /// From the part to the value: each row is a stretch, and nothing is added up.
      case range
    }

    package init(
      category: [String] = [], value: String, part: String? = nil, top: Int? = nil, form: Form = .bars,
      forecast: String? = nil
    ) {
      self.category = category
      self.value = value
      self.part = part
      self.top = top
      self.form = form
      self.forecast = forecast
    }
  }

  /// A line through the rows with the interval that each value lies in.
  package struct Line: Equatable, Sendable {
    package var x: String
    package var y: String
    package var low: String?
    package var high: String?
    /// The columns that tell one line from another; empty means what the report is grouped by.
    package var series: [String]
    /// What says that a value is another one than the one before, and not by chance.
    package var step: Step?

    package struct Step: Equatable, Sendable {
      /// The column with the probability that chance alone makes the difference.
      package var probability: String
      /// The column with the value before.
      package var before: String

      package init(probability: String, before: String) {
        self.probability = probability
        self.before = before
      }
    }

    package init(
      x: String, y: String, low: String? = nil, high: String? = nil, series: [String] = [], step: Step? = nil
    ) {
      self.step = step
      self.x = x
      self.y = y
      self.low = low
      self.high = high
      self.series = series
    }
  }

  /// One number that stands for itself, with what it is to be read against.
  package struct Figure: Equatable, Sendable {
    package var title: String
    package var value: String
    /// Sentences with columns in braces, such as `{+change} against {cost_before}`; a plus asks for the sign. A
    /// sentence of which a column is null is left out.
    package var notes: [String]
    /// Left out where the value is 0 or null.
    package var hidesZero: Bool

    package init(title: String, value: String, notes: [String] = [], hidesZero: Bool = false) {
      self.title = title
      self.value = value
      self.notes = notes
      self.hidesZero = hidesZero
    }
  }

  package init(title: String, kind: Kind) {
    self.title = title
    self.kind = kind
  }
}

extension Chart {
  /// Every column that it speaks of.
  package var columns: [String] {
    switch kind {
    case .bars(let bars): bars.category + [bars.value] + [bars.part, bars.forecast].compactMap(\.self)
    case .line(let line):
      [line.x, line.y] + [line.low, line.high, line.step?.probability, line.step?.before].compactMap(\.self)
        + line.series
    case .figures(let figures): figures.flatMap { figure in [figure.value] + figure.notes.flatMap(Chart.columns) }
    }
  }

  /// The columns in the braces of a note.
  private static func columns(of note: String) -> [String] {
    note.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map { part in
      String(part.prefix { $0 != "}" }.drop { $0 == "+" })
    }
  }

  /// The chart of rows that are grouped by these columns; nil where it needs a group and there is none.
  package func grouped(by group: [String]) -> Chart? {
    var chart = self
    switch kind {
    case .bars(var bars) where bars.category.isEmpty:
      guard !group.isEmpty else { return nil }
      bars.category = group
      chart.kind = .bars(bars)
    case .line(var line) where line.series.isEmpty:
      line.series = group
      chart.kind = .line(line)
    case .bars, .line, .figures: break
    }
    return chart
  }
}
