/// The one style of every page, inline, so that a page is one file that needs nothing else.
enum HTMLStyle {
  static let css: HTML = """
    :root{color-scheme:light dark;\(HTMLPalette.light.properties)}
    @media (prefers-color-scheme:dark){:root{\(HTMLPalette.dark.properties)}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0 auto;max-width:72rem;padding:clamp(1.25rem,4vw,3.5rem) clamp(1rem,4vw,3rem);background:var(--paper);
    color:var(--ink);font:400 1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
    font-variant-numeric:tabular-nums lining-nums;overflow-wrap:anywhere}
    a{color:var(--accent);text-underline-offset:.2em}
    :focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:2px}
    h1{margin:0;font-size:clamp(1.75rem,1.4rem + 1.8vw,2.5rem);line-height:1.15;font-weight:650;letter-spacing:-.02em}
    h2{margin:0;font-size:1.375rem;line-height:1.25;font-weight:600;letter-spacing:-.01em}
    .notice{margin:.5rem 0 0;max-width:44rem;font-weight:700}
    .question{margin:.5rem 0 0;max-width:44rem;color:var(--faded)}
    header .question{font-size:1.125rem}
    .facts{display:flex;flex-wrap:wrap;gap:1rem 2.5rem;margin:1.75rem 0 0}
    .facts dt,.figures dt{color:var(--faded);font-size:.8125rem}
    .facts dd,.figures dd{margin:0}
    nav{margin-top:1.75rem}
    nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:0;padding:0;list-style:none;font-size:.9375rem}
    nav a{display:inline-block;padding:.25rem 0}
    main{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:clamp(2.5rem,5vw,3.5rem) clamp(2rem,5vw,4rem)}
    main,footer{margin-top:clamp(2rem,5vw,3rem)}
    section{grid-column:1/-1;min-width:0}
    section.half{grid-column:auto}
    section:not(.first)>h2{padding-top:1.25rem;border-top:1px solid var(--rule)}
    h2+.figures{margin-top:1.25rem}
    .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:1rem;margin:0}
    .figures>div{padding:1.125rem 1.25rem 1.25rem;background:var(--raised);border-radius:.625rem}
    .figures dd.value{font-size:1.5rem;line-height:1.3;font-weight:600;letter-spacing:-.015em}
    .figures dd.note{margin-top:.25rem;color:var(--faded);font-size:.875rem;line-height:1.45}
    .figures+h2{margin-top:2rem}
    .figures .rest{font-size:.8125rem;font-weight:400;letter-spacing:0;color:var(--faded)}
    figure{max-width:52rem;margin:1.25rem 0 0}
    figure+figure{margin-top:2.5rem}
    figcaption{margin-bottom:.75rem;font-weight:600}
    figcaption small{display:block;color:var(--faded);font-size:.8125rem;font-weight:400}
    .key{display:inline-flex;align-items:center;gap:.375rem;margin-right:1rem}
    svg{display:block;overflow:visible}
    svg text{fill:var(--ink);font-size:13px;paint-order:stroke;stroke:var(--paper);stroke-width:4px}
    svg .tick{fill:var(--faded);font-size:11px}
    svg .grid{stroke:var(--rule)}
    svg .base{stroke:var(--faded)}
    svg .bar{fill:var(--accent)}
    svg .part{stroke:var(--accent)}
    svg .ground{fill:var(--paper)}
    svg .hatch{stroke:var(--accent);stroke-width:2}
    svg .band{fill:var(--band)}
    svg .line{fill:none;stroke:var(--accent);stroke-width:2;vector-effect:non-scaling-stroke}
    svg .whisker{stroke:var(--accent)}
    svg .point{fill:var(--accent);stroke:var(--paper);stroke-width:1.5}
    details{margin-top:1rem}
    summary{padding:.25rem 0;color:var(--accent);cursor:pointer}
    .scroll{position:relative;margin-top:1.25rem;overflow-x:auto;overflow-wrap:normal;
    background:linear-gradient(to right,var(--paper) 40%,transparent) 0 0/3rem 100% no-repeat local,
    linear-gradient(to left,var(--paper) 40%,transparent) 100% 0/3rem 100% no-repeat local,
    linear-gradient(to right,var(--rule),transparent) 0 0/1.25rem 100% no-repeat scroll,
    linear-gradient(to left,var(--rule),transparent) 100% 0/1.25rem 100% no-repeat scroll}
    table{width:100%;border-collapse:collapse;font-size:.875rem;line-height:1.4}
    caption{padding:0 0 .5rem;color:var(--faded);text-align:left}
    th,td{padding:.4375rem .75rem;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}
    th:first-child,td:first-child{padding-left:.25rem}
    th{white-space:nowrap}
    thead th{border-bottom-color:var(--faded);color:var(--faded);font-weight:500;vertical-align:bottom}
    tfoot td{border-bottom:0;font-weight:600}
    td{min-width:max-content;white-space:nowrap}
    td.text{min-width:11rem;max-width:24rem;white-space:normal;overflow-wrap:anywhere}
    .number{padding-right:calc(.75rem + var(--room,0) * 1ch);text-align:right}
    .missing{color:var(--faded);font-style:normal}
    .columns{margin:1rem 0 0;font-size:.875rem}
    .columns div{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;gap:.25rem 1.5rem;padding:.5rem 0;
    border-bottom:1px solid var(--rule)}
    .columns dt{font-weight:500}
    .columns dt small{display:block;color:var(--faded);font-weight:400}
    .columns dd{margin:0;max-width:44rem;color:var(--faded)}
    .note{color:var(--faded)}
    section>.note,.coverage{max-width:44rem;font-size:.9375rem}
    .coverage li{margin:.25rem 0}
    footer{padding-top:1.25rem;border-top:1px solid var(--rule);color:var(--faded);font-size:.875rem}
    footer p{margin:0}
    @media (max-width:60rem){main{grid-template-columns:minmax(0,1fr)}}
    @media (max-width:40rem){.columns div{grid-template-columns:1fr}}
    @media print{:root{color-scheme:light;\(HTMLPalette.light.properties);--paper:#fff}
    @page{margin:14mm}
    html{font-size:12.5px}
    body{max-width:none;padding:0}
    nav,details:not([open]){display:none}
    main{display:block;margin:0}
    section{margin-top:6mm}
    .coverage li{margin:0}
    section.half{display:inline-block;width:calc(50% - 6mm);margin-right:5mm;vertical-align:top}
    footer{margin-top:5mm;padding-top:3mm;break-before:avoid}
    .scroll{overflow:visible;background:none}
    table{font-size:6.5pt}
    th,td{padding:.2rem .3rem;white-space:normal;overflow-wrap:anywhere}
    td.text{min-width:0}
    .number{padding-right:.3rem}
    tfoot{display:table-row-group}
    thead{display:table-header-group}
    tr,figure,.figures>div{break-inside:avoid}
    h2{break-after:avoid}
    a{color:inherit;text-decoration:none}
    svg *,.figures>div{print-color-adjust:exact;-webkit-print-color-adjust:exact}}

    """
}
