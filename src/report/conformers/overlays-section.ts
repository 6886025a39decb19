import type { ConformerReportData, MatchedPair, MoleculeOverlay } from '../../conformers/evaluation/report-types.js';
import { formatNumber } from '../format.js';
import { Html, html, type Piece } from '../html.js';
import type { Section } from '../page.js';
import { scatter3d } from '../scatter-3d.js';
import { moleculeScene } from './molecule-scene.js';
import { moleculeStyles } from './styles.js';

/**
 * Generated conformers on the references that they come nearest to, one molecule at a time.
 * @param about what stands above the pictures, in addition to what they show
 */
export function overlaysSection(
  { overlays, evaluation }: Pick<ConformerReportData, 'overlays' | 'evaluation'>,
  about?: Piece,
): Section {
  const body = html`${about}<p>The broad grey shape is the reference; on it, with balls and in the colours of the elements, the generated conformer that comes nearest.</p>
<div class="viewer overlays">
${picker(overlays)}
<figure>
${switches()}
${overlays.map((overlay, k) => moleculeMarkup(overlay, k, evaluation.molecules[overlay.number].smiles))}
<p class="note hint">Drag to turn. Zoom with two fingers, or with the wheel after a click. On the keyboard: arrows, + and −, 0 to go back.</p>
</figure>
</div>`;
  return { id: 'overlays', title: 'Generated on reference', body, styles: `${moleculeStyles}${visibility(overlays)}` };
}

const LAYERS = [
  { id: 'references', className: 'of-reference', name: 'references', sample: 'shade baseline' },
  { id: 'generated', className: 'of-generated', name: 'generated', sample: 'dot el-C' },
  { id: 'hydrogens', className: 'light', name: 'hydrogens', sample: 'dot el-H' },
] as const;

/** Shows the chosen molecule and what is switched on; browsers without :has() show all. */
function visibility(overlays: readonly MoleculeOverlay[]): string {
  const molecules = overlays.map(
    (_, k) => `.overlays:has(#overlay-${k}:checked) .scene:not(#overlaid-${k}) { display: none; }`,
  );
  const layers = LAYERS.map(
    ({ id, className }) => `.overlays:has(#overlay-${id}:not(:checked)) .space .${className} { display: none; }`,
  );
  return `@media screen { ${molecules.join(' ')} } ${layers.join(' ')}
.overlays .pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 380px), 1fr)); gap: 8px 24px; }
.overlays .pairs svg { display: block; width: 100%; height: auto; margin: -9% 0; overflow: visible; }
.overlays .pairs p { max-width: none; margin: 0; text-align: center; color: var(--soft); font-size: 14px; }`;
}

function picker(overlays: readonly MoleculeOverlay[]): Html {
  const choices = overlays.map(
    ({ label }, k) =>
      html`<label><input type="radio" name="overlay" id="overlay-${k}"${k === 0 && new Html(' checked')}>${label}</label>`,
  );
  return html`<fieldset class="picker"><legend>Molecules, by the mean distance from a reference to the nearest generated conformer</legend>${choices}</fieldset>`;
}

const switches = (): Html =>
  html`<ul class="legend">${LAYERS.map(
    ({ id, name, sample }) =>
      html`<li><label><input type="checkbox" id="overlay-${id}" checked><span class="sample ${sample}"></span>${name}</label></li>`,
  )}</ul>`;

function moleculeMarkup({ molecule, pairs }: MoleculeOverlay, k: number, smiles: string): Html {
  return html`<div class="scene" id="overlaid-${k}">
<h3>${molecule.name && molecule.name !== smiles && `${molecule.name}: `}<code>${smiles}</code></h3>
<div class="pairs">${pairs.map((pair) => html`<div>${scatter3d(pairScene(molecule, pair))}<p>${caption(pair)}</p></div>`)}</div>
</div>`;
}

const caption = ({ numbers: [reference, generated], rmsd }: MatchedPair): string =>
  `reference ${reference + 1}, generated ${generated + 1}: ${formatNumber(rmsd)} Å`;

const pairScene = (molecule: MoleculeOverlay['molecule'], pair: MatchedPair) =>
  moleculeScene(`${caption(pair)}, aligned in space`, molecule, [
    { positions: pair.reference, name: 'reference', style: 'shade', className: 'baseline of-reference' },
    { positions: pair.generated, name: 'generated', style: 'balls', className: 'of-generated' },
  ]);
