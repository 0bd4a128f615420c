/** The one style sheet of a page. Its hash stands in the page's policy, so nothing else can style it. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1d2126;--soft:#5a626c;--line:#dfdcd4;--wash:#f2f0ea;
--accent:#1f5fa8;--good:#1c7048;--good-wash:#e6f3ea;--left:#8a5a00;--left-wash:#fbf0d9;--bad:#a8321f;--bad-wash:#fbe7e2;
--author:#2f6db3;--fixes:#c8611a;--in:#e2f4e6;--in-mark:#a9dfb6;--out:#fdebe7;--out-mark:#f4b9ab;--in-ink:#14532d;--out-ink:#7f1d1d}
@media (prefers-color-scheme:dark){:root{--paper:#14171b;--card:#1b1f25;--ink:#e4e6e9;--soft:#9aa4b0;--line:#313841;--wash:#22272e;
--accent:#7ab3f0;--good:#6fcf97;--good-wash:#17301f;--left:#e8b558;--left-wash:#33280f;--bad:#f0907c;--bad-wash:#3a1d17;
--author:#6fa8e6;--fixes:#f0954f;--in:#173220;--in-mark:#2a6a41;--out:#3a1f1b;--out-mark:#7c3526;--in-ink:#b7ebc6;--out-ink:#f7c6bb}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
main{max-width:58rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1,h2,h3,h4{line-height:1.25;text-wrap:balance}
h1{font-size:1.7rem;margin:.1rem 0 0}
h2{font-size:1.3rem;margin:3rem 0 .3rem;padding-top:1rem;border-top:1px solid var(--line)}
h3{font-size:1.02rem;margin:1.6rem 0 .5rem}
h4{font-size:.78rem;margin:1.1rem 0 .25rem;color:var(--soft);text-transform:uppercase;letter-spacing:.05em}
p{margin:.4rem 0}
a{color:var(--accent)}
code,pre,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.88em}
code{background:var(--wash);border-radius:.25em;padding:.08em .3em}
pre{white-space:normal;margin:.4rem 0;padding:.7rem .9rem;background:var(--wash);border-radius:.5rem}
.lead,.note{color:var(--soft)}
.lead{margin:0 0 1rem;max-width:44rem}
.note{font-size:.9rem}
.eyebrow{color:var(--soft);font-size:.85rem;margin:0}
.verdict{margin:1.2rem 0;padding:1.1rem 1.3rem;border-radius:.8rem;border:1px solid;border-left-width:.5rem}
.verdict p{margin:.35rem 0 0}
.verdict .what{font-size:1.3rem;font-weight:650;line-height:1.3;margin:0}
.verdict .next{color:var(--ink)}
.verdict.good{background:var(--good-wash);border-color:var(--good)}.verdict.good .what{color:var(--good)}
.verdict.left{background:var(--left-wash);border-color:var(--left)}.verdict.left .what{color:var(--left)}
.verdict.stopped{background:var(--bad-wash);border-color:var(--bad)}.verdict.stopped .what{color:var(--bad)}
.verdict.running{background:var(--wash);border-color:var(--accent)}.verdict.running .what{color:var(--accent)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(12rem,45%),1fr));gap:.7rem 1.2rem;margin:1.2rem 0}
.facts dt{color:var(--soft);font-size:.8rem}.facts dd{margin:0;font-weight:550;font-size:.95rem}
nav{font-size:.9rem;margin:1.2rem 0;line-height:2}
nav a{display:inline-block;padding:.05rem .7rem;margin:0 .25rem .3rem 0;border:1px solid var(--line);border-radius:1rem;text-decoration:none;background:var(--card)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(11rem,45%),1fr));gap:.7rem;margin:1rem 0;padding:0;list-style:none}
.tiles li{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:.7rem .9rem;line-height:1.3}
.tiles b{display:block;font-size:1.7rem;font-weight:650;font-variant-numeric:tabular-nums;line-height:1.2}
.tiles span{color:var(--soft);font-size:.85rem}
.tiles .warn b{color:var(--left)}.tiles .fine b{color:var(--good)}
.unchecked{background:var(--left-wash);border-left:.3rem solid var(--left);border-radius:.5rem;padding:.7rem 1rem;margin:1rem 0}
.unchecked h3{margin:0 0 .2rem}.unchecked ul{margin:.2rem 0;padding-left:1.2rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:1rem}
figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:.8rem;padding:.9rem}
figcaption{font-weight:600;font-size:.95rem;margin-bottom:.4rem}
figcaption span{display:block;font-weight:400;color:var(--soft);font-size:.85rem}
svg{display:block;width:100%;height:auto;max-width:30rem;font:11px system-ui,sans-serif}
svg text{fill:var(--ink)}svg .axis{fill:var(--soft)}svg .grid{stroke:var(--line)}
.s-author{fill:var(--author)}.s-fixes{fill:var(--fixes)}.s-gap{fill:var(--card)}.s-line{stroke:var(--accent);fill:none}.s-area{fill:var(--accent);opacity:.14}.s-dot{fill:var(--accent)}
.key{display:inline-block;width:.75em;height:.75em;border-radius:.15em;margin-right:.35em;vertical-align:-.05em}
.k-author{background:var(--author)}.k-fixes{background:repeating-linear-gradient(45deg,var(--fixes) 0 .18em,var(--card) .18em .28em)}
.finding{background:var(--card);border:1px solid var(--line);border-left:.3rem solid var(--line);border-radius:.6rem;margin:.6rem 0}
.finding.critical,.finding.high{border-left-color:var(--bad)}.finding.medium{border-left-color:var(--left)}
summary{cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary::before{content:"▸";display:inline-block;width:1.1em;color:var(--soft)}
details[open]>summary::before{content:"▾"}
summary:focus-visible,a:focus-visible{outline:.15rem solid var(--accent);outline-offset:.15rem;border-radius:.3rem}
.finding>summary{padding:.65rem .9rem}
.finding>summary .title{font-weight:600}
.finding>summary .meta{display:block;margin:.25rem 0 0 1.15rem;font-size:.86rem;color:var(--soft)}
.finding>.inside{padding:0 1.1rem 1rem}
.badge{display:inline-block;font-size:.75rem;line-height:1.45;padding:0 .5em;border:1px solid currentColor;border-radius:.4em;white-space:nowrap}
.badge.critical{background:var(--bad);border-color:var(--bad);color:var(--card);font-weight:650}.badge.high{color:var(--bad);font-weight:650}.badge.medium{color:var(--left)}.badge.low{color:var(--soft)}
.chip{display:inline-block;padding:0 .6em;border-radius:1em;background:var(--wash);color:var(--ink)}
.chip.left{background:var(--left-wash);color:var(--left)}.chip.fixed{background:var(--good-wash);color:var(--good)}
.failure{border-left:.25rem solid var(--bad);padding-left:.8rem;margin:.5rem 0}
.became{background:var(--wash);border-radius:.5rem;padding:.6rem .9rem;margin:.8rem 0}
.became p{margin:0}.became .by{color:var(--soft);font-size:.88rem}
.w{white-space:pre-line}.v{white-space:pre-wrap}
blockquote{margin:.3rem 0;padding:.3rem .9rem;border-left:.25rem solid var(--line);color:var(--ink)}
.history{margin:.2rem 0;padding-left:0;list-style:none;font-size:.9rem}
.history li{padding:.18rem 0 .18rem 4.6rem;text-indent:-4.6rem}
.history .when{display:inline-block;width:4.6rem;text-indent:0;color:var(--soft)}
.pairs{display:grid;grid-template-columns:max-content 1fr;gap:.2rem .9rem;margin:.5rem 0;font-size:.93rem}
.pairs dt{color:var(--soft)}.pairs dd{margin:0}
.diff{font:.83rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;border:1px solid var(--line);border-radius:.5rem;margin:.5rem 0;overflow:hidden;background:var(--card)}
.diff .at{background:var(--wash);color:var(--soft);padding:.1rem .7rem}
.diff .l{display:grid;grid-template-columns:2.9rem 1.1rem 1fr}
.diff .n{color:var(--soft);text-align:right;padding-right:.5rem;user-select:none}
.diff .s{user-select:none}
.diff .t{white-space:pre-wrap;unicode-bidi:plaintext;min-width:0;padding-right:.5rem}
.diff .in{background:var(--in);color:var(--in-ink)}.diff .out{background:var(--out);color:var(--out-ink)}
.diff ins,.diff del{text-decoration:none;border-radius:.15rem}.diff ins{background:var(--in-mark)}.diff del{background:var(--out-mark)}
.folded{border:1px solid var(--line);border-radius:.6rem;background:var(--card);margin:.6rem 0;padding:.55rem .9rem}
.folded>summary{font-weight:550}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.8rem 0}
th,td{text-align:left;padding:.38rem .6rem .38rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:550;font-size:.82rem;overflow-wrap:normal}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tfoot td{font-weight:600;border-bottom:0}
.share{display:block;width:5rem;height:.5rem}.share rect{fill:var(--accent)}.share .all{fill:var(--wash)}
.failed{color:var(--bad)}
footer{margin-top:3rem;color:var(--soft);font-size:.85rem;border-top:1px solid var(--line);padding-top:1rem}
@media (max-width:40rem){h1{font-size:1.35rem}h2{font-size:1.15rem}.verdict .what{font-size:1.12rem}main{padding:1rem .8rem 3rem}
.finding>.inside{padding:0 .8rem .8rem}.diff .l{grid-template-columns:2.1rem .9rem 1fr}.diff{font-size:.75rem}.pairs{grid-template-columns:1fr;gap:0}.pairs dd{margin-bottom:.4rem}
.stack thead{display:none}.stack,.stack tbody,.stack tfoot,.stack tr{display:block}.stack tr{padding:.5rem 0;border-bottom:1px solid var(--line)}
.stack td{display:flex;justify-content:space-between;gap:1rem;border:0;padding:.1rem 0;text-align:right}.stack td:empty{display:none}
.stack td::before{content:attr(data-label);color:var(--soft);text-align:left;flex:none}}
@media print{:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--wash:#f3f3f3;--accent:#1f4f8f;
--good:#14532d;--good-wash:#eef7f0;--left:#6b4600;--left-wash:#fdf6e6;--bad:#8a2414;--bad-wash:#fdf0ed;--author:#2f6db3;--fixes:#c8611a;
--in:#eaf7ed;--in-mark:#bfe6c9;--out:#fdf0ed;--out-mark:#f4c9bf;--in-ink:#14532d;--out-ink:#7f1d1d}
@page{margin:16mm 14mm}
body{font-size:10pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}main{max-width:none;padding:0}
nav{display:none}h2{margin-top:1.6rem;break-after:avoid}h3,h4,summary,figcaption{break-after:avoid}
figure,.tiles li,.verdict,.became,.unchecked,.diff .l,tr,blockquote,.failure{break-inside:avoid}
details::details-content{content-visibility:visible;block-size:auto;display:block}summary::before{content:"";width:0}a{color:inherit;text-decoration:none}}
`.trim();
