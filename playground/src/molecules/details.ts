import type { ConformerSetView, ReadMolecule } from '../engine/molecules-types.js';
import { element } from '../shell/dom.js';
import { energyText, verdict } from './conformer-words.js';

/** All that is known of one conformer, as a table. */
export function details(set: ConformerSetView, place: number, molecule: ReadMolecule): HTMLElement {
  const conformer = set.conformers[place];
  const { energy, rmsd, isomer, attempts, mirrored, isRelaxed, notRelaxed } = conformer;
  const other = set.conformers[set.reference].number + 1;
  const hasEnergy = typeof energy === 'number';
  const rows: [name: string, value: string, id: string][] = [
    ['MMFF94s', hasEnergy ? `${energyText(set, conformer)} (${energy.toFixed(2)} in all)` : energy, 'energy'],
    [
      'RMSD',
      place === set.reference ? 'the others are aligned to it' : `${rmsd.toFixed(3)} Å to conformer ${other}`,
      'rmsd',
    ],
    ['Checks', verdict(conformer, molecule), 'checks'],
    ...(isomer
      ? [
          ['Isomer', isomer.set === '' ? isomer.smiles : `${isomer.smiles} (${isomer.set})`, 'isomer'] as [
            string,
            string,
            string,
          ],
        ]
      : []),
    ['Sampled', `${attempts === 1 ? 'once' : `${attempts} times`}${mirrored ? ', then mirrored' : ''}`, 'attempts'],
    ['Relaxed', notRelaxed ?? (isRelaxed ? 'by MMFF94s' : 'no'), 'relaxed'],
  ];
  return element('div', { 'data-testid': 'details' }, [
    element('h2', {}, [`Conformer ${conformer.number + 1}`]),
    element('table', {}, [
      element(
        'tbody',
        {},
        rows.map(([name, value, id]) =>
          element('tr', {}, [element('th', { scope: 'row' }, [name]), element('td', { 'data-testid': id }, [value])]),
        ),
      ),
    ]),
  ]);
}
