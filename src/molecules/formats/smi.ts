import type { MoleculeFormat } from './molecule-format.js';

/** A blank line, a comment or a SMILES, of which the last line at hand may be cut. */
const LINE =
  /^(?:#.*|smiles|(?:\[[^\]\s]+\]|Br|Cl|[BCNOPSFIbcnops*])(?:\[[^\]\s]+\]|Br|Cl|[BCNOPSFIbcnops*0-9.()=#$:/\\%-])*)?(?:[\s,;].*)?$/;

/** Lines of a SMILES and, after a blank, comma or semicolon, what the molecule is called. */
export const smi: MoleculeFormat = {
  title: 'SMILES lists',
  endings: ['.smi', '.smiles', '.ism', '.txt', '.csv', '.tsv'],
  beginsLike: (start) => {
    const lines = new TextDecoder().decode(start).trim().split('\n');
    const whole = start.length < 4096 ? lines : lines.slice(0, -1);
    return lines[0] !== '' && whole.every((line) => LINE.test(line.trim()));
  },
  holds: ['graph', 'stereo'],
  reader: () => import('./smi-records.js'),
};
