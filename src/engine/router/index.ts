import { appRouter } from './app.ts';
import { associationsRouter } from './associations.ts';
import { columnsRouter } from './columns.ts';
import { contract } from './contract.ts';
import { deviceRouter } from './device.ts';
import { explainRouter } from './explain.ts';
import { evaluationRouter } from './evaluation.ts';
import { exportRouter } from './export.ts';
import { filesRouter } from './files.ts';
import { labelsRouter } from './labels.ts';
import { modelsRouter } from './models.ts';
import { onlineRouter } from './online.ts';
import { projectRouter } from './project.ts';
import { runRouter } from './run.ts';
import { sampRouter } from './samp.ts';
import { sessionRouter } from './session.ts';
import { sisgRouter } from './sisg.ts';
import { skyRouter } from './sky.ts';
import { sourceRouter } from './source.ts';
import { tableRouter } from './table.ts';
import { trainingRouter } from './training.ts';

/** Every call of the contract; one that is left out does not compile. */
export const router = contract.router({
  app: appRouter,
  project: projectRouter,
  columns: columnsRouter,
  files: filesRouter,
  models: modelsRouter,
  run: runRouter,
  evaluation: evaluationRouter,
  labels: labelsRouter,
  associations: associationsRouter,
  session: sessionRouter,
  device: deviceRouter,
  explain: explainRouter,
  export: exportRouter,
  samp: sampRouter,
  sisg: sisgRouter,
  source: sourceRouter,
  online: onlineRouter,
  sky: skyRouter,
  table: tableRouter,
  training: trainingRouter,
});
