import type { Molecule } from '../../molecules/molecule.js';
import { type Html, html, type Piece } from '../html.js';
import type { Section } from '../page.js';
import { scatter3d } from '../scatter-3d.js';
import { moleculeScene } from './molecule-scene.js';
import { moleculeStyles } from './styles.js';

/** A conformer in a gallery. */
export interface GalleryItem {
  /** [atoms · 3], Å. All are drawn as they lie: lay them on the first one beforehand. */
  readonly positions: ArrayLike<number>;
  /** What stands below, such as its energy. */
  readonly caption: string;
}

export interface Gallery {
  /** Of the section, for its address. */
  readonly id: string;
  readonly title: string;
  readonly molecule: Molecule;
  readonly conformers: readonly GalleryItem[];
  /** What stands above the pictures. */
  readonly text?: Piece;
  /** What stands below them, such as a table. */
  readonly after?: Piece;
}

/** Conformers of one molecule side by side, each to be turned by itself: a section for any report. */
export function gallerySection({ id, title, molecule, conformers, text, after }: Gallery): Section {
  const pictures = conformers.map(({ positions, caption }, k): Html => {
    const label = `conformer ${k + 1} of ${molecule.name || molecule.smiles} in space: ${caption}`;
    const shape = { positions, name: `conformer ${k + 1}`, style: 'balls' as const };
    return html`<div>${scatter3d(moleculeScene(label, molecule, [shape], conformers[0].positions))}<p>${caption}</p></div>`;
  });
  const body = html`${text && html`<p>${text}</p>`}
<figure class="gallery"><div class="pictures">${pictures}</div>
<p class="note hint">Drag to turn. Zoom with two fingers, or with the wheel after a click.</p></figure>
${after}`;
  return { id, title, body, styles: `${moleculeStyles}${GALLERY_STYLES}` };
}

const GALLERY_STYLES = `
.gallery { max-width: none; }
.gallery .pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr)); gap: 8px 20px; }
.gallery svg { display: block; width: 100%; height: auto; margin: -9% 0; overflow: visible; }
.gallery .pictures p { max-width: none; margin: 0; text-align: center; color: var(--soft); font-size: 14px; }`;
