import type { ThreadWork } from '../../common/thread-work.js';
import { relaxMmff94s } from '../force-field/force-field.js';
import { loadResources } from '../open-chem-lib.node.js';
import type { MoleculeAnswer, MoleculeTask, RelaxTask } from './molecule-tasks.js';
import { makeShapes } from './shapes.js';

/** What each thread does. */
export const threadWork: ThreadWork<MoleculeTask, MoleculeAnswer> = () => (task) => {
  if (task.kind === 'relax' || task.method === 'rules') loadResources();
  const answer = task.kind === 'relax' ? relaxAll(task) : makeShapes(task.molecule, task);
  return { answer };
};

const relaxAll = ({ molecule, conformers, options }: RelaxTask): MoleculeAnswer =>
  conformers.map((coordinates) => relaxMmff94s(molecule, coordinates, options));
