import type { NewtonReportData, ReportSystem, SystemPrediction } from '../../newton/report/report-types.js';
import { legendItem } from '../axes.js';
import { formatNumber } from '../format.js';
import { Html, html } from '../html.js';
import type { Section } from '../page.js';
import type { Point3 } from '../projection.js';
import { type Mark, type Scene, scatter3d, type Wire } from '../scatter-3d.js';
import { table } from '../table.js';
import { predictionClass } from './colours.js';

/** Test systems in space, one at a time: where each body started, where it went, and where it was predicted. */
export function systemsSection(data: NewtonReportData): Section {
  const { systems } = data;
  const body = html`<p>A filled ball is where a body really went, with its path behind it; a ring is where a network put it, with a dashed line from the start. The systems are ordered from the best predicted to the worst by ${systems[0].predictions[0].name}.</p>
<div class="viewer">
${picker(systems)}
<figure>
${legend(data)}
${systems.map((system, k) => sceneMarkup(system, k, data))}
<p class="note hint">Drag to turn. Zoom with two fingers, or with the wheel after a click. On the keyboard: arrows, + and −, 0 to go back.</p>
</figure>
</div>`;
  return { id: 'systems', title: 'Predicted and true positions', body, styles: visibilityRules(data) };
}

/** Shows the chosen system and the predictions that are switched on; browsers without :has() show all of them. */
function visibilityRules({ systems, runs }: NewtonReportData): string {
  const scenes = systems.map((_, k) => `.viewer:has(#system-${k}:checked) .scene:not(#scene-${k}) { display: none; }`);
  const predictions = [...runs, 'straight line'].map(
    (_, k) => `.viewer:has(#prediction-${k}:not(:checked)) .space .of-${k} { display: none; }`,
  );
  return `@media screen { ${scenes.join(' ')} } ${predictions.join(' ')}`;
}

function picker(systems: readonly ReportSystem[]): Html {
  const choices = systems.map(
    ({ predictions }, k) =>
      html`<label><input type="radio" name="system" id="system-${k}"${k === 0 && new Html(' checked')}>${formatNumber(predictions[0].error, 2)}</label>`,
  );
  return html`<fieldset class="picker"><legend>Test systems, by the mean squared error of ${systems[0].predictions[0].name}</legend>${choices}</fieldset>`;
}

/** What the colours mean; the predictions can be switched on and off. */
function legend(data: NewtonReportData): Html {
  const { systems, runs } = data;
  const switches = systems[0].predictions.map(({ name }, k) => {
    const checked = k < runs.length && new Html(' checked');
    return html`<li><label><input type="checkbox" id="prediction-${k}"${checked}><span class="sample ring ${predictionClass(data, k)}"></span>${name}</label></li>`;
  });
  const classes = new Set(systems.flatMap(({ charges }) => Array.from(charges, chargeClass)));
  const charges = [...classes]
    .sort()
    .reverse()
    .map((name) => legendItem(CHARGE_NAMES[name], name, 'dot'));
  return html`<ul class="legend">${charges}${switches}</ul>`;
}

const CHARGE_NAMES: Readonly<Record<string, string>> = {
  plus: 'positive charge',
  minus: 'negative charge',
  neutral: 'no charge',
};

function chargeClass(charge: number): string {
  if (charge === 0) return 'neutral';
  return charge > 0 ? 'plus' : 'minus';
}

function sceneMarkup(system: ReportSystem, k: number, data: NewtonReportData): Html {
  return html`<div class="scene" id="scene-${k}">
<h3>${system.label}</h3>
<div class="body">${scatter3d(systemScene(system, data))}
${systemTable(system)}</div>
</div>`;
}

/** The distance of every body from where it was predicted. */
function systemTable({ charges, truth, predictions }: ReportSystem): Html {
  const off = ({ positions }: SystemPrediction, body: number): string =>
    formatNumber(distance(pointOf(positions, body), pointOf(truth, body)));
  const rows = Array.from(charges, (charge, body) => ({
    name: html`<span class="sample dot ${chargeClass(charge)}"></span> body ${body}`,
    numbers: predictions.map((prediction) => off(prediction, body)),
  }));
  const mean = { name: html`MSE`, numbers: predictions.map(({ error }) => formatNumber(error)) };
  return table(
    [...rows, mean],
    [
      { name: 'Distance', text: true, cell: ({ name }) => name },
      ...predictions.map(({ name }, k) => ({ name, cell: ({ numbers }: { numbers: string[] }) => numbers[k] })),
    ],
  );
}

/** The balls and lines of a system. */
export function systemScene(
  { label, charges, start, truth, path, predictions }: ReportSystem,
  data: NewtonReportData,
): Scene {
  const bodies = Array.from(charges, (charge, body) => ({ body, charge, colour: chargeClass(charge) }));
  const radius = Math.min(8, 5 + 12 / bodies.length);
  const truths = bodies.flatMap(({ body, charge, colour }): Mark[] => [
    { at: pointOf(start, body), radius: radius * 0.7, className: `start ${colour}`, title: `body ${body}: start` },
    {
      at: pointOf(truth, body),
      radius,
      className: `truth ${colour}`,
      title: `body ${body}, charge ${formatNumber(charge)}`,
    },
  ]);
  const paths = bodies.map(({ body, colour }): Wire => {
    const snapshots = path.length > 1 ? path : [start, truth];
    return { through: snapshots.map((positions) => pointOf(positions, body)), className: `path ${colour}` };
  });
  const guesses = predictions.map(({ name, positions }, k) => {
    const of = `of-${k} ${predictionClass(data, k)}`;
    return bodies.map(({ body }): { ring: Mark; wire: Wire } => {
      const at = pointOf(positions, body);
      const title = `body ${body}: ${name} is ${formatNumber(distance(at, pointOf(truth, body)))} off`;
      return {
        ring: { at, radius: radius + 3, className: `ring ${of}`, title },
        wire: { through: [pointOf(start, body), at], className: `guess ${of}` },
      };
    });
  });
  return {
    label: `${label}: true and predicted positions in space`,
    marks: [...truths, ...guesses.flat().map(({ ring }) => ring)],
    wires: [...paths, ...guesses.flat().map(({ wire }) => wire)],
  };
}

const pointOf = (positions: ArrayLike<number>, body: number): Point3 => [
  positions[3 * body],
  positions[3 * body + 1],
  positions[3 * body + 2],
];

const distance = (a: Point3, b: Point3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
