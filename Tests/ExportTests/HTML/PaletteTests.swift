import Foundation
import Testing

@testable import Export

struct PaletteTests {
  /// The relative luminance of WCAG 2.
  private func luminance(_ color: String) -> Double {
    let number = Int(color.dropFirst(), radix: 16) ?? 0
    let parts = [number >> 16 & 255, number >> 8 & 255, number & 255].map { part -> Double in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private func contrast(_ left: String, _ right: String) -> Double {
    let (a, b) = (luminance(left), luminance(right))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  @Test("the formula gives what WCAG's own examples have")
  func formula() {
    #expect(abs(contrast("#000000", "#ffffff") - 21) < 0.001)
    // The lightest grey on white that passes for text.
    #expect(abs(contrast("#767676", "#ffffff") - 4.54) < 0.01)
    #expect(contrast("#123456", "#123456") == 1)
  }

  @Test("text has a contrast of 4.5 and what is drawn one of 3, by day, by night and on paper")
  func palettes() {
    var print = HTMLPalette.light
    print.paper = "#ffffff"
    for palette in [HTMLPalette.light, .dark, print] {
      for ground in [palette.paper, palette.raised] {
        for text in [palette.ink, palette.faded, palette.accent, palette.good, palette.warning, palette.bad] {
          #expect(contrast(text, ground) >= 4.5, "\(text) on \(ground)")
        }
      }
      #expect(contrast(palette.accent, palette.band) >= 3)
      #expect(contrast(palette.part, palette.paper) >= 3)
      #expect(HTMLStyle.css.source.contains(palette == print ? "--paper:#fff}" : palette.properties))
    }
  }

  @Test("a page adapts to the night, to paper and to the keyboard")
  func style() {
    for rule in ["@media (prefers-color-scheme:dark)", "@media print", ":focus-visible{outline:", ".scroll{"] {
      #expect(HTMLStyle.css.source.contains(rule), "\(rule)")
    }
    // It stands in a document that is read as XML.
    #expect(!HTMLStyle.css.source.contains("<") && !HTMLStyle.css.source.contains("&"))
  }
}
