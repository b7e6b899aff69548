/// How charts look.
extension HTMLStyle {
  static let drawings: HTML = """
    figure{max-width:60rem;margin:1.25rem 0 0}
    .headline+figure,.headline+details+figure{margin-top:2rem}
    figure+figure{margin-top:2.5rem}
    figcaption{margin-bottom:.75rem;font-weight:600}
    figcaption small{display:flex;flex-wrap:wrap;gap:0 1rem;color:var(--faded);font-size:.8125rem;font-weight:400}
    .key{display:inline-flex;align-items:center;gap:.375rem}
    svg{display:block;overflow:visible}
    svg text{fill:var(--ink);font-size:13px;paint-order:stroke;stroke:var(--paper);stroke-width:4px}
    svg .tick{fill:var(--faded);font-size:11px}
    svg .value{font-size:11px;font-weight:500}
    svg .grid{stroke:var(--rule)}
    svg .base{stroke:var(--faded)}
    svg .bar{fill:var(--accent)}
    svg .bar.rest{fill:var(--faded)}
    svg .part{fill:var(--part);stroke:var(--paper);stroke-width:2;paint-order:stroke}
    svg .ground{fill:var(--paper)}
    svg .hatch{stroke:var(--accent);stroke-width:2}
    svg .open{stroke:var(--accent)}
    svg .ground-open{opacity:.3}
    svg .range{stroke:var(--accent);stroke-width:6;stroke-linecap:round;opacity:.55}
    svg .band{fill:var(--band)}
    svg .line{fill:none;stroke:var(--accent);stroke-width:2;vector-effect:non-scaling-stroke}
    svg .dashed{stroke-dasharray:3 5}
    svg .whisker{stroke:var(--accent)}
    svg .point{fill:var(--accent);stroke:var(--paper);stroke-width:1.5}
    svg .hollow{fill:var(--paper);stroke:var(--accent)}
    svg .step{font-size:12px}
    svg .step.bad{fill:var(--bad)}
    svg .step.good{fill:var(--good)}

    """
}
