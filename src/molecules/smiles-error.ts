import { show } from '../common/checks.js';
import { UserError } from '../common/errors.js';

/** A SMILES that cannot be read, with the place of the fault. */
export class SmilesError extends UserError {
  override name = 'SmilesError';
  /** Where in the text, counted from 0; the end of the text for what is missing there. */
  readonly position: number;

  /** @param problem what is wrong there and how to mend it */
  constructor(text: string, position: number, problem: string) {
    const place = position < text.length ? `character ${position + 1} (${show(text[position])})` : 'at its end';
    super(`SMILES ${show(text)}, ${place}: ${problem}`);
    this.position = position;
  }
}
