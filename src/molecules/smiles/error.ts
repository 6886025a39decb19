import { show } from '../../common/checks.js';
import { UserError } from '../../common/errors.js';

/** A SMILES that cannot be read, with the place of the fault. */
export class SmilesError extends UserError {
  override name = 'SmilesError';
  /** Where in the text, counted from 0; undefined for a fault of the whole text. */
  readonly position: number | undefined;

  /**
   * @param position where the fault is; undefined for one of the whole text
   * @param problem what is wrong there and how to mend it
   */
  constructor(text: string, position: number | undefined, problem: string) {
    const place = position === undefined ? '' : `, character ${position + 1} (${show(text[position])})`;
    super(`SMILES ${show(text)}${place}: ${problem}`);
    this.position = position;
  }
}
