/// The one style sheet of the page. Sides are logical (start, end), so that it turns with the direction of writing.
package enum PageStyle {
  package static let text =
    ":root{color-scheme:light dark;" + PagePalette.light.declarations + "}"
    + "@media (prefers-color-scheme:dark){:root{" + PagePalette.dark.declarations + "}}"
      + """

      *{box-sizing:border-box}
      html{font:100%/1.55 system-ui,sans-serif;-webkit-text-size-adjust:100%;text-size-adjust:100%}
      body{margin:0;background:var(--page);color:var(--text)}
      header,nav,main,footer{max-inline-size:60rem;margin-inline:auto;padding-inline:1rem}
      header{padding-block:1.5rem .5rem}
      footer{padding-block:1rem 2rem}
      h1{font-size:1.75rem;line-height:1.2;margin-block:0 .5rem}
      h2{font-size:1.35rem;line-height:1.25;margin-block:0 .75rem}
      h3{font-size:1.1rem;line-height:1.35;margin-block:0 .5rem}
      h4{font-size:1rem;margin-block:1rem .25rem}
      p,ul,ol,dl{margin-block:0 .75rem}
      li{margin-block-end:.35rem}
      ul,ol{padding-inline-start:1.5rem}
      a{color:var(--link)}
      a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
      bdi,code,td,dd,li,p,h3{overflow-wrap:anywhere}
      code{font-family:ui-monospace,monospace;font-size:.95em}
      .skip{position:absolute;inset-block-start:-10rem;inset-inline-start:1rem;background:var(--card);padding:.5rem 1rem}
      .skip:focus{inset-block-start:.5rem;z-index:1}
      .note{color:var(--soft)}
      .alarm{border-inline-start:.35rem solid var(--critical);padding-inline-start:.75rem;font-weight:600}
      section,article{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin-block:0 1rem}
      section.plain{background:none;border:0;padding:0}
      nav ul,.counts{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.35rem 1rem}
      nav li,.counts li{margin:0}
      nav a{display:inline-block;padding-block:.25rem}
      .facts{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin-block-end:.75rem}
      .facts dt{color:var(--soft)}
      .facts dd{margin:0}
      .badge{display:inline-block;border-radius:.3rem;padding:.05rem .5rem;font-size:.85rem;font-weight:700;color:var(--on-mark);background:var(--info);margin-inline-end:.4rem}
      .critical{background:var(--critical)}
      .high{background:var(--high)}
      .medium{background:var(--medium)}
      .low{background:var(--low)}
      .files{font-size:.95rem;padding-inline-start:1.25rem}
      .day{white-space:nowrap}
      .count{color:var(--soft);font-weight:400;font-size:.95rem}
      summary{cursor:pointer;padding-block:.35rem;color:var(--link)}
      details{margin-block-end:.75rem}
      table{border-collapse:collapse;inline-size:100%;font-size:.95rem}
      caption{text-align:start;font-weight:600;padding-block:.25rem}
      th,td{text-align:start;vertical-align:top;padding-block:.35rem;padding-inline:0 .75rem;border-block-end:1px solid var(--line)}
      .number{text-align:end;font-variant-numeric:tabular-nums}
      .scroll{overflow-x:auto;margin-block-end:.75rem}
      .hours th,.hours td{padding-inline:.3rem;font-size:.85rem}
      figure{margin:0 0 1rem}
      figcaption{color:var(--soft);font-size:.95rem}
      .map,.chart{display:block;inline-size:100%;block-size:auto;border:1px solid var(--line);border-radius:.35rem;background:var(--sea)}
      svg{direction:ltr}
      svg text{font:14px system-ui,sans-serif;fill:var(--text)}
      .outline{fill:none;stroke:var(--border);stroke-width:1.2;stroke-linejoin:round}
      .town{fill:var(--town)}
      svg text.town{font-size:13px;fill:var(--town);paint-order:stroke;stroke:var(--sea);stroke-width:3px}
      .way{fill:none;stroke:var(--mark);stroke-width:2;stroke-dasharray:7 5;opacity:.85}
      .reach{fill:var(--mark);fill-opacity:.14;stroke:var(--mark);stroke-opacity:.6}
      .spot{fill:var(--mark);stroke:var(--sea);stroke-width:1}
      .place{fill:var(--mark);stroke:var(--sea);stroke-width:1.5}
      .home{fill:var(--home)}
      .work{fill:var(--work)}
      svg text.tag{fill:var(--on-mark);font-weight:700;text-anchor:middle;font-size:14px}
      .scale{stroke:var(--text);stroke-width:2;fill:none}
      .bar{fill:var(--mark)}
      .grid{stroke:var(--line);stroke-width:1}
      .heat{fill:var(--mark)}
      .cell{fill:none;stroke:var(--line);stroke-width:1}
      .end{text-anchor:end}
      .middle{text-anchor:middle}
      .legend{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:.1rem 1rem;font-size:.95rem;color:var(--soft)}
      @media (max-width:40rem){
      h1{font-size:1.5rem}
      section,article{padding:.75rem}
      section.plain{padding:0}
      .facts{grid-template-columns:1fr;gap:0}
      .facts dd{margin-block-end:.35rem}
      svg text{font-size:26px}
      svg text.town{font-size:24px}
      svg text.tag{font-size:20px}
      svg.week text{font-size:20px}
      .minor{display:none}
      .wide thead{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
      .wide,.wide tbody,.wide tr,.wide td,.wide th{display:block;inline-size:100%}
      .wide tr{border-block-end:1px solid var(--line);padding-block:.35rem}
      .wide caption{display:block}
      .wide td,.wide th{border:0;padding-block:.1rem;text-align:start}
      .wide td::before{content:attr(data-label) ": ";color:var(--soft)}
      }
      @media print{
      :root{color-scheme:light;\(PagePalette.light.declarations)}
      body{background:#fff}
      nav,.skip{display:none}
      section,article{border:0;padding:0}
      h2,h3,h4{break-after:avoid}
      figure,tr,li{break-inside:avoid}
      .badge{border:1px solid #000;color:#000;background:none}
      }
      @media (forced-colors:active){.badge{border:1px solid}}

      """

  static let digest = "sha256-" + StyleDigest.base64(text)
}
