import type { Comparison } from '../../training/comparison.js';

/** What a report that compares training runs shows. */
export interface ComparisonReportData {
  readonly title: string;
  /** The command line that made the report. */
  readonly command: string;
  readonly comparison: Comparison;
  /** Remarks for the reader. */
  readonly notes: readonly string[];
}
