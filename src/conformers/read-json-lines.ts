export { type ReadResult, readEnsembles as readJsonLines } from './read-records.js';
