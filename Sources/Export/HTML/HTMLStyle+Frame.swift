extension HTMLStyle {
  /// What stands around a page that is served. It is no part of a page on paper.
  static let frame: HTML = """
    .site{margin:0 0 1.75rem;padding:0 0 .75rem;border-bottom:1px solid var(--rule)}
    .site [aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
    .site button{padding:0;border:0;background:none;color:var(--accent);text-decoration:underline}
    .tools{display:flex;flex-wrap:wrap;gap:.25rem 2.5rem;align-items:baseline;margin-top:1.25rem}
    .tools>*{margin:0}
    .tools details[open]{flex-basis:100%}
    .tools+nav{margin-top:.75rem}
    .ask{display:flex;flex-wrap:wrap;gap:.75rem 1rem;align-items:end;margin-top:.75rem}
    .ask label{display:grid;gap:.125rem;min-width:0;color:var(--faded);font-size:.8125rem}
    .ask input,.ask select,.ask button{max-width:100%;min-height:2.5rem;padding:.25rem .625rem;font:inherit;font-size:1rem;
    color:var(--ink);background:var(--paper);border:1px solid var(--faded);border-radius:.375rem}
    .ask input{width:11rem}
    .ask input.short{width:7rem}
    .ask button{color:var(--paper);background:var(--accent);border-color:var(--accent);cursor:pointer}
    .list{margin:0;padding:0;list-style:none}
    .list li{padding:.75rem 0;border-bottom:1px solid var(--rule)}
    .list p{margin:.125rem 0 0;color:var(--faded)}
    .list a{font-weight:500}
    .list small a{font-weight:400}
    .told{overflow-x:auto;padding:1rem 1.25rem;background:var(--raised);border-radius:.625rem;white-space:pre-wrap;
    font:.875rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
    @media print{.site,.tools{display:none}}

    """
}
