import { geomMsgpack } from '../../molecules/formats/geom-msgpack.js';
import { jsonLines } from '../../molecules/formats/json-lines.js';
import type { MoleculeFormat } from '../../molecules/formats/molecule-format.js';
import { sdf } from '../../molecules/formats/sdf.js';
import { smi } from '../../molecules/formats/smi.js';
import { xyz } from '../../molecules/formats/xyz.js';
import { datasetFormat } from '../dataset/dataset-format.js';

/** Every format of molecules and conformers: what a command reads and writes follows from what each can hold. */
export const moleculeFormats: readonly MoleculeFormat[] = [smi, sdf, xyz, jsonLines, geomMsgpack, datasetFormat];
