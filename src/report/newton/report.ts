import type { NewtonReportData } from '../../newton/report/report-types.js';
import { formatCount } from '../format.js';
import { page, type Section } from '../page.js';
import { configurationSection } from './configuration-section.js';
import { curvesSection } from './curves-section.js';
import { distancesSection, errorsSection, headlineSection } from './errors-section.js';
import { stepsSection } from './steps-section.js';
import { systemsSection } from './systems-section.js';

/** The report on many-body networks as one HTML document. */
export const newtonReport = (data: NewtonReportData): string =>
  page({ title: data.title, subtitle: subtitle(data), sections: newtonSections(data) });

/** Its sections, for pages that hold others too. */
export const newtonSections = (data: NewtonReportData): Section[] => [
  headlineSection(data),
  errorsSection(data),
  ...(data.systems.length > 0 ? [systemsSection(data)] : []),
  ...(data.runs.some(({ metrics }) => metrics.length > 0) ? [curvesSection(data)] : []),
  distancesSection(data),
  ...(data.long ? [stepsSection(data, data.long)] : []),
  configurationSection(data),
];

function subtitle({ dataset: { trajectories, bodies, input, target, time } }: NewtonReportData): string {
  const [least, most] = bodies;
  const task = `from snapshot ${input} to snapshot ${target}, time span ${Number(time.toPrecision(6))}`;
  return `${formatCount(trajectories)} test trajectories of ${least === most ? most : `${least} to ${most}`} bodies, predicted ${task}.`;
}
