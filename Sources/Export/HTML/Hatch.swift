import Runs

/// The pattern of what is not over or not certain yet, and of nothing else.
enum Hatch {
  static func definition(_ id: String) -> HTML {
    """
    <defs><pattern id="\(id)-h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <rect class="ground" width="6" height="6"/><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>

    """
  }
}

/// Samples of what a picture is drawn with, beside its name in a legend.
enum ChartKey {
  static func sample(_ style: HTML, _ name: HTML) -> HTML {
    "<span class=\"key\"><svg aria-hidden=\"true\" width=\"14\" height=\"10\">\(style)</svg> \(name)</span>"
  }

  static func bar(_ name: HTML) -> HTML { sample("<rect class=\"bar\" width=\"14\" height=\"10\" rx=\"2\"/>", name) }

  static func part(_ name: HTML) -> HTML { sample("<rect class=\"part\" width=\"14\" height=\"10\" rx=\"2\"/>", name) }

  static func hatched(_ id: String, _ name: HTML) -> HTML {
    sample("<rect class=\"open\" x=\".5\" y=\".5\" width=\"13\" height=\"9\" rx=\"2\" fill=\"url(#\(id)-h)\"/>", name)
  }

  static func range(_ name: HTML) -> HTML {
    sample(
      "<line class=\"range\" x1=\"4\" y1=\"5\" x2=\"12\" y2=\"5\"/><circle class=\"point\" cx=\"4\" cy=\"5\" r=\"4\"/>",
      name)
  }

  static func step(_ mark: Mark, _ name: HTML) -> HTML {
    "<span class=\"key \(mark.tone.rawValue)\"><b aria-hidden=\"true\">\(mark.sign)</b> \(name)</span>"
  }
}
