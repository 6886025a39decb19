import type { NewtonReportData } from '../../newton/report/report-types.js';

/** The CSS class with the colour of the run with that number. */
export const runClass = (run: number): string => `series-${run % 6}`;

/** The colour class of the prediction with that number: the runs' in their order, then the straight line's. */
export const predictionClass = ({ runs }: NewtonReportData, prediction: number): string =>
  prediction < runs.length ? runClass(prediction) : 'baseline';
