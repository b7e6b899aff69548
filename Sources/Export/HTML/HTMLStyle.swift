/// The one style of every page, inline, so that a page is one file that needs nothing else.
enum HTMLStyle {
  static let css = text + cards + drawings + tables + phone + print

  /// Letters, the head of the page, its sections.
  private static let text: HTML = """
    :root{color-scheme:light dark;\(HTMLPalette.light.properties)}
    @media (prefers-color-scheme:dark){:root{\(HTMLPalette.dark.properties)}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0 auto;max-width:84rem;padding:clamp(1.25rem,4vw,3.5rem) clamp(1rem,4vw,3rem);background:var(--paper);
    color:var(--ink);font:400 1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
    font-variant-numeric:tabular-nums lining-nums;overflow-wrap:anywhere}
    a{color:var(--accent);text-underline-offset:.2em}
    :focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:2px}
    h1{margin:0;font-size:clamp(1.75rem,1.4rem + 1.8vw,2.5rem);line-height:1.15;font-weight:650;letter-spacing:-.02em}
    h2{margin:0;font-size:1.375rem;line-height:1.25;font-weight:600;letter-spacing:-.01em}
    .notice{margin:.75rem 0 0;max-width:44rem;padding:.75rem 1rem;border-left:4px solid var(--warning);
    background:var(--raised);font-weight:600}
    .question{margin:.5rem 0 0;max-width:44rem;color:var(--faded)}
    header .question{font-size:1.125rem}
    .facts{display:flex;flex-wrap:wrap;gap:.75rem 2.25rem;margin:1.5rem 0 0;padding:.875rem 0;
    border:solid var(--rule);border-width:1px 0}
    section .facts{margin:1rem 0 0;padding:0;border:0}
    .facts dt,.figures dt{color:var(--faded);font-size:.8125rem}
    .facts dd,.figures dd{margin:0}
    .facts dd{font-weight:500}
    nav{margin-top:1.25rem}
    nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:0;padding:0;list-style:none;font-size:.9375rem}
    nav a{display:inline-block;padding:.25rem 0}
    main{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:clamp(2.5rem,5vw,3.5rem) clamp(2rem,5vw,4rem)}
    main,footer{margin-top:clamp(1.75rem,4vw,2.5rem)}
    section{grid-column:1/-1;min-width:0}
    section.half{grid-column:auto}
    section.long{display:flex;flex-direction:column}
    .first-in-view{order:-1}
    section:not(.first)>h2{padding-top:1.25rem;border-top:1px solid var(--rule)}
    .good{color:var(--good)}
    .warning{color:var(--warning)}
    .bad{color:var(--bad)}
    .good,.warning,.bad{font-weight:500}
    .missing{color:var(--faded);font-style:normal}
    .note{color:var(--faded)}
    section>.note,.coverage{max-width:44rem;font-size:.9375rem}
    .coverage li{margin:.25rem 0}
    .empty{margin-top:1.25rem;padding:1.5rem 1.25rem;border:1px dashed var(--faded);border-radius:.625rem;
    color:var(--faded)}
    .empty p{margin:0;max-width:44rem}
    .empty p:first-child{color:var(--ink);font-weight:500}
    details{margin-top:1rem}
    summary{padding:.25rem 0;color:var(--accent);cursor:pointer}
    footer{padding-top:1.25rem;border-top:1px solid var(--rule);color:var(--faded);font-size:.875rem}
    footer p{margin:0}

    """

  /// Numbers in large letters, and what the columns mean.
  private static let cards: HTML = """
    h2+.figures{margin-top:1.25rem}
    .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:1rem;margin:0}
    .figures>div{padding:1.125rem 1.25rem 1.25rem;background:var(--raised);border-radius:.625rem}
    .figures dd.value{font-size:1.5rem;line-height:1.3;font-weight:600;letter-spacing:-.015em}
    .figures dd.note{margin-top:.25rem;color:var(--faded);font-size:.875rem;line-height:1.45}
    .figures+h2{margin-top:2rem}
    .headline{display:flex;flex-wrap:wrap;gap:1rem 3rem}
    .headline>div{padding:0;background:none}
    .headline>div:first-child dd.value{font-size:clamp(2rem,1.6rem + 2vw,2.75rem);line-height:1.1}
    .headline>div:not(:first-child){align-self:flex-end}
    .headline>div:not(:first-child) dd.value{font-size:1.25rem}
    .headline+details{margin-top:.5rem;font-size:.875rem}
    .columns{margin:1rem 0 0;font-size:.875rem}
    .columns div{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;gap:.25rem 1.5rem;padding:.5rem 0;
    border-bottom:1px solid var(--rule)}
    .columns dt{font-weight:500}
    .columns dt small{display:block;color:var(--faded);font-weight:400}
    .columns dd{margin:0;max-width:44rem;color:var(--faded)}

    """
}
