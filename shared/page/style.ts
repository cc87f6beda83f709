import { PICTURE_STYLE } from './pictures/picture-style.ts';

/** Light and dark by what the reader's system says; every colour stands at 4.5 to 1 or more on its ground. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#ffffff, #14171a);
  --raised: light-dark(#f4f5f7, #1d2125);
  --line: light-dark(#c9ced4, #3a4148);
  --text: light-dark(#1b1f23, #e6e8ea);
  --quiet: light-dark(#57606a, #a3acb5);
  --link: light-dark(#0b57b0, #7db7ff);
  --good: light-dark(#1a6b34, #6fd08c);
  --warn: light-dark(#7a5200, #e5b454);
  --bad: light-dark(#b3251e, #ff8f87);
  --unknown: light-dark(#6b3fa0, #c7a6ff);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding: .75rem 1rem; border-bottom: 1px solid var(--line); }
.brand { font-weight: 700; color: var(--text); text-decoration: none; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
a { color: var(--link); }
nav a { text-decoration: none; }
nav a[aria-current] { color: var(--text); font-weight: 600; text-decoration: underline; text-underline-offset: .4em; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .25rem .5rem; }
main { max-width: 80rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; margin: .25rem 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; overflow-wrap: anywhere; }
p, dl, ul, ol { margin: .5rem 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--quiet); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
code, pre, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, monospace; font-size: .9em; }
pre { background: var(--raised); padding: .75rem; overflow-x: auto; border-radius: 4px; }
code { overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
.PASS, .good { color: var(--good); }
.WARN, .warn { color: var(--warn); }
.FAIL, .bad { color: var(--bad); }
.UNKNOWN, .unknown { color: var(--unknown); }
.verdict { font-weight: 700; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
.lead { font-size: 1.1rem; }
.said { white-space: pre-line; }
.why { font-weight: 400; color: var(--text); max-width: 40rem; }
h2, h3, p, li, summary { overflow-wrap: anywhere; }
td { overflow-wrap: break-word; }
th[scope=row] { min-width: 9rem; }
time { white-space: nowrap; }
.bars { list-style: none; padding: 0; }
.bars li { display: grid; grid-template-columns: minmax(9rem, 16rem) minmax(6rem, 16rem) auto; gap: .15rem 1rem; align-items: center; justify-content: start; }
progress { width: 100%; accent-color: var(--link); }
.graph text { fill: var(--text); font-size: 13px; }
.graph .phase { font-weight: 600; }
.graph .stands { fill: var(--quiet); }
.graph path { fill: none; stroke: var(--quiet); stroke-width: 1.25; }
.graph .rule { stroke: var(--line); }
.graph rect { fill: var(--raised); stroke: var(--line); stroke-width: 1.5; }
.graph rect.passed { stroke: var(--good); }
.graph rect.passed-with-warnings, .graph rect.overridden { stroke: var(--warn); }
.graph rect.blocked, .graph rect.failed { stroke: var(--bad); stroke-width: 3; }
.graph rect.running, .graph rect.launching, .graph rect.verifying { stroke: var(--link); stroke-dasharray: 6 3; }
footer { max-width: 80rem; margin: 2rem auto 0; padding: .5rem 1rem 2rem; color: var(--quiet); font-size: .9rem; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .35rem; } .bars li { grid-template-columns: 1fr; margin-bottom: .5rem; } }
${PICTURE_STYLE}`;
