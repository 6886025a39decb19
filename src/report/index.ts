export { type Histogram, histogram, type Sample } from './histogram.js';
export { Html, html, type Piece } from './html.js';
export { type LineChart, lineChart, type Reference, type Series } from './line-chart.js';
export { newtonReport, newtonSections } from './newton/report.js';
export { type Page, page, type Section } from './page.js';
export { type Mark, type Scene, scatter3d, type Wire } from './scatter-3d.js';
export { type Column, definitions, table } from './table.js';
