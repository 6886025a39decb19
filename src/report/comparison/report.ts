import { formatCount } from '../format.js';
import { page, type Section } from '../page.js';
import { comparisonCurvesSection } from './curves-section.js';
import { comparisonErrorsSection } from './errors-section.js';
import type { ComparisonReportData } from './report-data.js';
import { comparedRunsSection, runsConfigurationSection } from './runs-section.js';
import { comparisonSummarySection } from './summary-section.js';
import { comparisonTableSection } from './table-section.js';

/** The report that compares training runs as one HTML document. */
export const comparisonReport = (data: ComparisonReportData): string =>
  page({ title: data.title, subtitle: subtitle(data), sections: comparisonSections(data) });

function comparisonSections(data: ComparisonReportData): Section[] {
  const evaluated = data.comparison.combinations.some(({ valid }) => valid !== null);
  return [
    comparisonSummarySection(data),
    comparisonTableSection(data),
    ...(evaluated ? [comparisonErrorsSection(data), comparisonCurvesSection(data)] : []),
    comparedRunsSection(data),
    runsConfigurationSection(data),
  ];
}

function subtitle({ comparison: { names, combinations } }: ComparisonReportData): string {
  const runs = combinations.reduce((sum, one) => sum + one.runs.length, 0);
  const count = `${formatCount(runs)} training run${runs === 1 ? '' : 's'}`;
  if (names.length === 0) return `${count} of one configuration.`;
  return `${count} in ${formatCount(combinations.length)} combinations of ${listed(names)}.`;
}

/** `a, b and c` */
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
