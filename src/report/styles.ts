/** The look of every report: light and dark after the reader's settings, from phones to paper. */
export const styles = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --card: #ffffff; --ink: #1d2126; --soft: #5d6672; --rule: #e2e0da; --grid: #ebe9e4;
  --accent: #0b7a75; --plus: #d5433a; --minus: #2c6bd8; --base: #8b8f98;
  --s0: #0b7a75; --s1: #c4701a; --s2: #7d4fc4; --s3: #b83280; --s4: #4f7d1e; --s5: #3b5f8a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --card: #1b1f25; --ink: #e8e6e1; --soft: #9ba4b0; --rule: #30363f; --grid: #272c34;
    --accent: #4cc9bf; --plus: #ff7a6e; --minus: #6ea8ff; --base: #8d94a0;
    --s0: #4cc9bf; --s1: #f0a352; --s2: #b794f6; --s3: #f08cc0; --s4: #9ccc65; --s5: #8fb4e3;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 0 clamp(16px, 4vw, 40px) 64px; max-width: 1160px; background: var(--paper);
  color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1 { margin: 0; font-size: clamp(28px, 5vw, 40px); line-height: 1.15; letter-spacing: -0.02em; text-wrap: balance; }
h2 { margin: 0 0 16px; font-size: 21px; letter-spacing: -0.01em; }
p { margin: 0 0 12px; max-width: 72ch; }
header { padding: clamp(28px, 6vw, 56px) 0 8px; }
.subtitle { margin: 10px 0 0; color: var(--soft); font-size: 17px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-top: 20px; padding-bottom: 12px; border-bottom: 1px solid var(--rule); font-size: 14px; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
section { padding: 28px 0 12px; }
.note { margin-top: 10px; color: var(--soft); font-size: 14px; }
.note + .note { margin-top: -6px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 14px; }
.card { padding: 18px 20px; background: var(--card); border: 1px solid var(--rule); border-top: 3px solid var(--colour); border-radius: 10px; }
.card strong { display: block; font-size: 34px; line-height: 1.2; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.card span { display: block; color: var(--soft); font-size: 14px; }
.card .name { color: var(--ink); font-weight: 600; font-size: 15px; }
.table { overflow-x: auto; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
table { width: 100%; border-collapse: collapse; font-size: 15px; font-variant-numeric: tabular-nums; }
th, td { padding: 9px 16px; border-bottom: 1px solid var(--grid); white-space: nowrap; }
thead th { color: var(--soft); font-weight: 500; font-size: 13px; vertical-align: bottom; }
tbody th { font-weight: 600; }
tbody tr:last-child > * { border-bottom: 0; }
.number { text-align: right; }
.text { text-align: left; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 16px; }
figure { margin: 0; padding: 14px 16px 12px; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; max-width: 680px; }
figcaption, h3 { margin: 0; font-weight: 600; font-size: 15px; }
h3 { margin: 4px 0 8px; }
figure > svg, .body > svg { display: block; width: 100%; height: auto; border-radius: 6px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
svg:focus:not(:focus-visible) { outline: none; }
.chart svg { cursor: crosshair; touch-action: pan-y; }
svg text { fill: var(--soft); font-size: 12px; font-variant-numeric: tabular-nums; }
.axes line { stroke: var(--grid); }
.axes .tick { stroke: var(--soft); }
.cursor { stroke: var(--soft); stroke-dasharray: 3 3; visibility: hidden; }
.cursor.on { visibility: visible; }
.readout { display: block; min-height: 21px; color: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; }
.line polyline { fill: none; stroke: var(--colour); stroke-width: 1.8; stroke-linejoin: round; }
.line.dots polyline { stroke-width: 0.8; stroke-opacity: 0.7; }
.line.dashed polyline { stroke-dasharray: 7 4; } .line.dotted polyline { stroke-dasharray: 1.5 3.5; }
.line circle { fill: var(--colour); }
.reference { stroke: var(--colour); stroke-width: 1.4; stroke-dasharray: 6 4; }
.outline { fill: var(--colour); fill-opacity: 0.14; stroke: var(--colour); stroke-width: 1.5; }
.series-0 { --colour: var(--s0); } .series-1 { --colour: var(--s1); } .series-2 { --colour: var(--s2); }
.series-3 { --colour: var(--s3); } .series-4 { --colour: var(--s4); } .series-5 { --colour: var(--s5); }
.baseline { --colour: var(--base); }
.plus { --colour: var(--plus); } .minus { --colour: var(--minus); } .neutral { --colour: var(--base); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 4px 0 8px; padding: 0; list-style: none; color: var(--soft); font-size: 13px; }
.legend li, .legend label { display: flex; align-items: center; gap: 6px; }
.legend label { cursor: pointer; }
.sample { flex: none; width: 18px; height: 0; border-top: 2.5px solid var(--colour); }
.sample.dash, .sample.dashed { border-top-style: dashed; } .sample.dotted { border-top-style: dotted; }
.sample.area { height: 10px; width: 14px; border: 1.5px solid var(--colour); background: color-mix(in srgb, var(--colour) 18%, transparent); }
.sample.dot, .sample.ring { width: 10px; height: 10px; border-radius: 50%; border: 2.5px solid var(--colour); }
.sample.dot { background: var(--colour); }
input[type="checkbox"], input[type="radio"] { margin: 0; accent-color: var(--accent); }
.viewer figure { max-width: none; }
.picker { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 0 12px; padding: 0; border: 0; }
.picker legend { padding: 0; margin-bottom: 6px; color: var(--soft); font-size: 14px; }
.picker label { position: relative; padding: 4px 14px; border: 1px solid var(--rule); border-radius: 999px; background: var(--card); font-size: 14px; font-variant-numeric: tabular-nums; cursor: pointer; }
.picker input { position: absolute; inset: 0; opacity: 0; cursor: pointer; }
.picker label:has(:checked) { border-color: var(--accent); color: var(--accent); font-weight: 600; }
.picker label:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
.scene .body { display: grid; grid-template-columns: minmax(320px, 1fr) minmax(230px, max-content); gap: 8px 24px; align-items: start; }
.scene .table { max-height: 72vh; border: 0; border-radius: 0; overflow: auto; }
.scene .sample { display: inline-block; }
.scene th, .scene td { padding: 4px 8px; font-size: 13px; }
.space { max-height: 72vh; cursor: grab; touch-action: pan-y; user-select: none; -webkit-user-select: none; }
.space:active { cursor: grabbing; }
.space polyline { fill: none; }
.space .cage { stroke: var(--rule); }
.space .path { stroke: var(--colour); stroke-width: 2; stroke-opacity: 0.75; }
.space .guess { stroke: var(--colour); stroke-width: 1.1; stroke-dasharray: 4 3; }
.space .start { fill: var(--colour); fill-opacity: 0.25; }
.space .truth { fill: var(--colour); stroke: var(--card); stroke-width: 1; }
.space .ring { fill: none; stroke: var(--colour); stroke-width: 2.2; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr)); gap: 12px 24px; margin: 0 0 16px; }
dt { color: var(--soft); font-size: 13px; }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
details { margin-bottom: 12px; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
summary { padding: 12px 18px; font-weight: 600; cursor: pointer; }
details > div { padding: 4px 18px 16px; }
code, pre { font: 13px/1.5 ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; }
pre { margin: 0 0 12px; padding: 12px 16px; overflow-x: auto; background: color-mix(in srgb, var(--grid) 55%, transparent); border-radius: 8px; tab-size: 2; }
@media (max-width: 760px) {
  .card { padding: 12px 16px; }
  table { font-size: 14px; }
  .card strong { font-size: 28px; }
  th, td { padding: 8px 10px; }
  svg text { font-size: 15px; }
}
@media (max-width: 900px) {
  .scene .body { grid-template-columns: minmax(0, 1fr); }
}
@media (scripting: none) {
  .readout, .hint { display: none; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --rule: #ccc; }
  body { max-width: none; padding: 0; font-size: 12px; }
  header, section { padding: 0 0 16px; }
  h1 { font-size: 24px; }
  h2 { margin-bottom: 8px; font-size: 16px; break-after: avoid; }
  nav, .readout, .picker, .hint { display: none; }
  section > p, .note, .subtitle, .legend, dt, .card span, .card .name, figcaption, h3 { font-size: 11px; }
  .card { padding: 8px 12px; }
  .card strong { font-size: 20px; }
  table, thead th, .scene th, .scene td { font-size: 10px; }
  th, td { padding: 4px 7px; }
  figure, .card, .table, .scene, tr { break-inside: avoid; }
  .grid { grid-template-columns: 1fr 1fr; }
  .viewer figure { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 20px; break-inside: auto; }
  .viewer .legend { grid-column: 1 / -1; }
  .scene .body { display: block; }
  pre { font-size: 10px; white-space: pre-wrap; overflow-wrap: anywhere; }
}
`;
