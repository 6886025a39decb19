import { auditSpec } from './audit-spec.js';
import { command } from './command.js';
import { compareSpec } from './compare-spec.js';
import { conformersEnsembleSpec } from './conformers/ensemble-spec.js';
import { conformersEvaluateSpec } from './conformers/evaluate-spec.js';
import { conformersGenerateSpec } from './conformers/generate-spec.js';
import { conformersGroup } from './conformers/group.js';
import { conformersPrepareSpec } from './conformers/prepare-spec.js';
import { conformersReportSpec } from './conformers/report-spec.js';
import { conformersTrainSpec } from './conformers/train-spec.js';
import { demoSpec } from './demo-spec.js';
import { doctorSpec } from './doctor-spec.js';
import { exportSpec } from './export-spec.js';
import { fitEvaluateSpec } from './fit/evaluate-spec.js';
import { fitGroup } from './fit/group.js';
import { fitMdSpec } from './fit/md-spec.js';
import { fitPredictSpec } from './fit/predict-spec.js';
import { fitRelaxSpec } from './fit/relax-spec.js';
import { fitReportSpec } from './fit/report-spec.js';
import { fitTrainSpec } from './fit/train-spec.js';
import { importSpec } from './import-spec.js';
import { evaluateSpec } from './newton/evaluate-spec.js';
import { newtonGroup } from './newton/group.js';
import { predictSpec } from './newton/predict-spec.js';
import { reportSpec } from './newton/report-spec.js';
import { simulateSpec } from './newton/simulate-spec.js';
import { trainSpec } from './newton/train-spec.js';
import type { CommandList } from './program.js';
import { sweepSpec } from './sweep-spec.js';

/** Every command, in the order of `--help`. A spec is plain data; the code behind it is loaded when it runs. */
export const commandList: CommandList = {
  groups: [newtonGroup, conformersGroup, fitGroup],
  commands: [
    command(demoSpec, () => import('./demo.js')),
    command(simulateSpec, () => import('./newton/simulate.js')),
    command(trainSpec, () => import('./newton/train.js')),
    command(evaluateSpec, () => import('./newton/evaluate.js')),
    command(predictSpec, () => import('./newton/predict.js')),
    command(reportSpec, () => import('./newton/report.js')),
    command(conformersEnsembleSpec, () => import('./conformers/ensemble.js')),
    command(conformersPrepareSpec, () => import('./conformers/prepare.js')),
    command(conformersTrainSpec, () => import('./conformers/train.js')),
    command(conformersReportSpec, () => import('./conformers/report.js')),
    command(conformersGenerateSpec, () => import('./conformers/generate.js')),
    command(conformersEvaluateSpec, () => import('./conformers/evaluate.js')),
    command(fitTrainSpec, () => import('./fit/train.js')),
    command(fitReportSpec, () => import('./fit/report.js')),
    command(fitEvaluateSpec, () => import('./fit/evaluate.js')),
    command(fitPredictSpec, () => import('./fit/predict.js')),
    command(fitRelaxSpec, () => import('./fit/relax.js')),
    command(fitMdSpec, () => import('./fit/md.js')),
    command(sweepSpec, () => import('./sweep.js')),
    command(compareSpec, () => import('./compare.js')),
    command(exportSpec, () => import('./export.js')),
    command(importSpec, () => import('./import.js')),
    command(auditSpec, () => import('./audit.js')),
    command(doctorSpec, () => import('./doctor.js')),
  ],
};
