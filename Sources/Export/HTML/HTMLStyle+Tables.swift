/// How rows look: as lines of a table where there is room, as cards on a phone.
extension HTMLStyle {
  static let tables: HTML = """
    .scroll{position:relative;margin-top:1.25rem;overflow-x:auto;overflow-wrap:normal;
    background:linear-gradient(to left,var(--paper) 40%,transparent) 100% 0/3rem 100% no-repeat local,
    linear-gradient(to left,var(--rule),transparent) 100% 0/1.25rem 100% no-repeat scroll}
    table{width:100%;border-collapse:separate;border-spacing:0;font-size:.875rem;line-height:1.4}
    th,td{padding:.4375rem .625rem;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top;
    white-space:nowrap}
    th{font-weight:500}
    th:first-child,td:first-child{padding-left:.25rem}
    tr>:first-child:not(.number){position:sticky;left:0;z-index:1;background:var(--paper)}
    thead th{border-bottom-color:var(--faded);color:var(--faded);vertical-align:bottom}
    tbody tr:hover>*{background:var(--raised)}
    tfoot td,tfoot th{border-bottom:0;border-top:1px solid var(--faded);font-weight:600}
    td.text{min-width:7.5rem}
    tbody th.text{min-width:11rem}
    td.text,th.text{max-width:24rem;white-space:normal;overflow-wrap:anywhere}
    thead th.text{white-space:nowrap}
    .number{padding-right:calc(.625rem + var(--room,0) * 1ch);text-align:right}

    """

  /// The names of the columns are in the table's properties: `--l1` for the first.
  static let phone: HTML = """
    @media (max-width:60rem){main{grid-template-columns:minmax(0,1fr)}}
    @media screen and (max-width:40rem){.columns div{grid-template-columns:1fr}
    svg .value{display:none}
    .headline{gap:.75rem 2rem}
    .headline>div:first-child{flex-basis:100%}
    .scroll{overflow:visible;background:none}
    table,tbody,tfoot{display:block}
    thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    tr{display:grid;grid-template-columns:1fr 1fr;gap:.375rem 1.25rem;padding:.875rem 0;border-bottom:1px solid var(--rule)}
    thead tr{display:block}
    tbody tr:hover>*{background:none}
    tfoot tr{border:0}
    th,td,tfoot td,tfoot th{display:block;min-width:0;max-width:none;padding:0;border:0;white-space:normal;
    overflow-wrap:anywhere}
    tr>:first-child:not(.number){position:static;grid-column:1/-1;min-width:0;padding:0;font-weight:600}
    td.text{min-width:0}
    td.none{display:none}
    td::before{display:block;color:var(--faded);font-size:.75rem;font-weight:400}
    .number{padding:0;text-align:left;white-space:nowrap}
    td.number{overflow-wrap:normal}
    \(labels)}

    """

  /// More columns than these have no name on a phone.
  private static var labels: HTML {
    (1...32).map { "td:nth-child(\($0))::before{content:var(--l\($0))}" as HTML }.joined(separator: "\n")
  }

  static let print: HTML = """
    @media print{:root{color-scheme:light;\(HTMLPalette.light.properties);--paper:#fff}
    @page{margin:14mm}
    @page wide{size:landscape;margin:10mm}
    html{font-size:12.5px}
    body{max-width:none;padding:0}
    nav,details:not([open]){display:none}
    main{display:block;margin:0}
    section{margin-top:6mm}
    section.long{display:block}
    .coverage li{margin:0}
    section.half{display:inline-block;width:calc(50% - 6mm);margin-right:5mm;vertical-align:top}
    footer{margin-top:5mm;padding-top:3mm;break-before:avoid}
    .scroll{overflow:visible;background:none}
    .wide{page:wide}
    table{font-size:6.5pt}
    th,td{padding:.2rem .3rem}
    thead th,td.text,th.text{min-width:0;white-space:normal;overflow-wrap:anywhere}
    thead th{overflow-wrap:normal}
    td:not(.number):not(.text){white-space:normal}
    tr>:first-child:not(.number){position:static}
    .number{padding-right:.3rem;white-space:nowrap}
    tfoot{display:table-row-group}
    thead{display:table-header-group}
    tr,figure,.figures>div{break-inside:avoid}
    h2{break-after:avoid}
    a{color:inherit;text-decoration:none}
    svg *,.figures>div{print-color-adjust:exact;-webkit-print-color-adjust:exact}}

    """
}
