import { z } from 'zod';
import { trainingProgress, trainingSummary } from './training.ts';
import { testRates } from './test-rates.ts';
import { rowStatement } from './labels.ts';
import { joinReport } from './join-report.ts';
import { runHold } from './run-hold.ts';
import { sampEvents } from './samp.ts';
import { runDevice } from './device-schemas.ts';

/** Shapes that cross the wire. Units stand in the names: brands do not survive a message. */

/** A catalogue value that may be missing; NaN, which this contract's messages carry as it is. */
const measured = z.union([z.number(), z.nan()]);

export const mosaicSummary = z.object({
  name: z.string(),
  path: z.string(),
  widthPix: z.number().int(),
  heightPix: z.number().int(),
  pixelScaleArcsec: z.number(),
  projection: z.string(),
  centreRaDeg: z.number(),
  centreDecDeg: z.number(),
  beamMajArcsec: z.number().nullable(),
  beamMinArcsec: z.number().nullable(),
  beamPaDeg: z.number().nullable(),
  unit: z.string(),
});
export type MosaicSummary = z.infer<typeof mosaicSummary>;

export const modelSummary = z.object({
  id: z.string(),
  network: z.string(),
  recipeName: z.string(),
  /** False for seeded weights that saw no data: shown as UNTRAINED wherever its numbers appear. */
  isTrained: z.boolean(),
  trainedOn: z.string(),
  threshold: z.number(),
  parameterCount: z.number().int(),
  weightsSha256: z.string(),
  /** Headline metrics of the card, as "ROC AUC" → { value, low, high } (95 % interval, null where not estimated). */
  metrics: z.array(
    z.object({ name: z.string(), value: z.number(), low: z.number().nullable(), high: z.number().nullable() }),
  ),
  /** The card's own curves; null where it holds none. */
  testRates: testRates.nullable(),
});
export type ModelSummary = z.infer<typeof modelSummary>;

export const cutoutGeometry = z.enum(['pixels', 'angular']);

export const runState = z.enum(['queued', 'running', 'complete', 'cancelled', 'failed']);
export type RunState = z.infer<typeof runState>;

export const runSummary = z.object({
  id: z.number().int(),
  modelId: z.string(),
  /** Of the weights that computed it; a model of this name may have others by now. */
  weightsSha256: z.string(),
  isTrained: z.boolean(),
  state: runState,
  /** Rows whose result is stored, of the rows the run has to look at (all catalogue rows). */
  rowsDone: z.number().int(),
  rowsTotal: z.number().int(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  threshold: z.number(),
  /** Cutouts of the mosaics' own pixels, or of 192″ resampled to 1.5″. */
  geometry: cutoutGeometry,
  /** The sentence of the error that ended it, when it failed. */
  failure: z.string().nullable(),
  /** What computed it, part by part; empty where that was not recorded. */
  devices: z.array(runDevice),
});
export type RunSummary = z.infer<typeof runSummary>;

/** Where a field's tiles are (`/hips/<hipsKey>`) and the view that shows all of it [deg]: key and initial view of the tile service. */
export const fieldSky = z.object({ hipsKey: z.string(), raDeg: z.number(), decDeg: z.number(), fovDeg: z.number() });
export type FieldSky = z.infer<typeof fieldSky>;

export const projectSummary = z.object({
  name: z.string(),
  path: z.string(),
  isDemo: z.boolean(),
  /** Counts the openings of this engine: with another number the files were read anew, and everything of them is to be asked for again. */
  opening: z.number().int(),
  mosaics: z.array(mosaicSummary),
  catalogue: z.object({
    path: z.string(),
    dialect: z.string(),
    rowCount: z.number().int(),
    sisgCount: z.number().int(),
    onMosaicCount: z.number().int(),
    hasGaussians: z.boolean(),
    hasLikelihoodRatios: z.boolean(),
  }),
  sky: fieldSky,
  /** What the window shows first, where there is something to show: the demo's double. */
  firstLook: z.object({ raDeg: z.number(), decDeg: z.number(), fovDeg: z.number() }).nullable(),
  /** What was found in the files; warnings (guessed units, missing LRs) should be read before trusting a run. */
  notices: z.array(z.object({ level: z.enum(['info', 'warning']), message: z.string() })),
  /**
   * Whether the files have been read through, and what is stored for them is shown. Until then the field can be looked at:
   * there is no run yet, and none can begin.
   */
  isTakenUp: z.boolean(),
  /** Why no run has started by itself; empty where one has, or where nothing speaks against one. */
  holds: z.array(runHold),
  run: runSummary.nullable(),
});
export type ProjectSummary = z.infer<typeof projectSummary>;

export const openRequest = z.object({
  mosaics: z.array(z.string()).min(1),
  catalogue: z.string(),
  gaussians: z.string().optional(),
  lr: z.string().optional(),
  /** Units of columns that name none; guessed, with a notice, when absent. */
  units: z.enum(['survey', 'pybdsf']).optional(),
  /** Columns that the astronomer maps himself, `OUR=THEIRS` as in `Maj=a`. */
  map: z.array(z.string()).optional(),
  /** Where to keep the `.lobate` file; beside the catalogue when absent. */
  project: z.string().optional(),
});
export type OpenRequest = z.infer<typeof openRequest>;

export const recentProject = z.object({
  name: z.string(),
  path: z.string(),
  openedAt: z.string(),
  exists: z.boolean(),
});
export type RecentProject = z.infer<typeof recentProject>;

export const folderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  /** Folders this server may show, for the shortcuts of the file browser. */
  roots: z.array(z.string()),
  entries: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      kind: z.enum(['folder', 'fits', 'table', 'project']),
      sizeBytes: z.number(),
      modifiedAt: z.string(),
    }),
  ),
});
export type FolderListing = z.infer<typeof folderListing>;

export const featureValue = z.object({
  name: z.string(),
  unit: z.string(),
  value: z.number().nullable(),
  isMissing: z.boolean(),
  /** Share of the field's rows below this value, equal ones counting half [%]; rows without the value are left out. */
  percentile: z.number().nullable(),
});

export const sourceDetails = z.object({
  row: z.number().int(),
  name: z.string(),
  raDeg: measured,
  decDeg: measured,
  majArcsec: measured,
  minArcsec: measured,
  paDeg: z.number().nullable(),
  totalFluxMjy: measured,
  peakFluxMjyPerBeam: measured,
  islandRmsMjyPerBeam: z.number().nullable(),
  sCode: z.string(),
  mosaicName: z.string().nullable(),
  /** Distance to the nearest edge of that image, blank margins not counted [arcsec]. */
  edgeArcsec: z.number().nullable(),
  status: z.string().nullable(),
  probability: z.number().nullable(),
  validFraction: z.number().nullable(),
  isSisg: z.boolean(),
  /** The four SISG rules, each with what was found and whether it holds (null: no such column). */
  sisgRules: z.array(z.object({ rule: z.string(), found: z.string(), holds: z.boolean().nullable() })),
  features: z.array(featureValue),
  neighbours: z.array(
    z.object({
      row: z.number().int(),
      name: z.string(),
      distanceArcsec: measured,
      paDeg: measured,
      fluxRatio: measured,
      probability: z.number().nullable(),
      isSisg: z.boolean(),
    }),
  ),
  /** Other rows that describe the same source. */
  duplicates: z.array(z.object({ row: z.number().int(), name: z.string(), mosaicId: z.string() })),
  recipeName: z.string(),
  geometry: cutoutGeometry,
});
export type SourceDetails = z.infer<typeof sourceDetails>;

/** What a run would meet, found out before it. */
export const preflightReport = z.object({
  rows: z.number().int(),
  dialect: z.string(),
  sisg: z.object({
    count: z.number().int(),
    /** In the order in which they are applied; `left` is what remains after each. */
    rules: z.array(
      z.object({
        rule: z.string(),
        holds: z.number().int(),
        unknown: z.number().int(),
        left: z.number().int(),
      }),
    ),
  }),
  /** What joined of each file beside the catalogue, the labels that the field is judged by included. */
  joins: z.array(joinReport),
  /** Columns or files that are not there, and what that costs. */
  missing: z.array(z.object({ what: z.string(), cost: z.string() })),
  /** Rows that cannot be classified, by the column that is unusable. */
  unusable: z.array(z.object({ column: z.string(), rows: z.number().int() })),
  cutouts: z.object({
    onMosaic: z.number().int(),
    outside: z.number().int(),
    /** Rows whose pixels were looked at, evenly over the field. */
    sampled: z.number().int(),
    /** Of the sampled rows, by the share of finite pixels: 0, up to 25 %, 50 %, 75 %, below 100 %, 100 %. */
    validFraction: z.array(z.object({ range: z.string(), rows: z.number().int() })),
  }),
  mosaics: z.object({
    count: z.number().int(),
    pixelScaleArcsec: z.object({ low: z.number(), high: z.number() }).nullable(),
    beamMajArcsec: z.object({ low: z.number(), high: z.number() }).nullable(),
  }),
  /** Pairs of rows that describe one source. */
  duplicates: z.object({
    pairs: z.number().int(),
    examples: z.array(
      z.object({
        row: z.number().int(),
        name: z.string(),
        other: z.string(),
        kind: z.enum(['mosaics', 'catalogue']),
        distanceArcsec: z.number(),
        mosaics: z.array(z.string()),
      }),
    ),
  }),
  run: z.object({
    modelId: z.string().nullable(),
    isTrained: z.boolean().nullable(),
    /** Rows that go through the network. */
    networkRows: z.number().int(),
    /** Null for a network whose speed was not measured. */
    secondsEstimated: z.number().nullable(),
    /** How cutouts would be made, and how they had better be, given the mosaics' scale. */
    geometry: cutoutGeometry,
    geometryAdvised: cutoutGeometry,
    /** An installed model against whose run less speaks, as one that takes no likelihood ratios where there are none. */
    modelAdvised: z.string().nullable(),
  }),
  /** Where the data differ from what the model was made for. */
  outOfDomain: z.array(z.string()),
  /** Why a run of these data is not started by itself. */
  holds: z.array(runHold),
  notices: z.array(z.string()),
});
export type PreflightReport = z.infer<typeof preflightReport>;

/** What the engine tells the window unasked. */
export const engineEvent = z.discriminatedUnion('type', [
  /** The open project, its run or its notices changed: ask for `project.current` again. */
  z.object({ type: z.literal('project-changed') }),
  /** A slow task before or beside a run: simulating the demo, reading a catalogue, computing features. */
  z.object({
    type: z.literal('task'),
    label: z.string(),
    /** 0..1; null while unknown; the task is over at 1. */
    fraction: z.number().nullable(),
  }),
  /** The mosaics of a field that is being opened, which can be seen while its catalogue is read; null when no more. */
  z.object({ type: z.literal('opening-sky'), sky: fieldSky.nullable() }),
  z.object({
    type: z.literal('run-progress'),
    run: runSummary,
    rowsPerSecond: z.number().nullable(),
    secondsLeft: z.number().nullable(),
  }),
  /** Results of one committed batch: colour these rows. NaN travels as null. */
  z.object({
    type: z.literal('predictions'),
    runId: z.number().int(),
    rows: z.array(z.number().int()),
    probability: z.array(z.number().nullable()),
    status: z.array(z.string()),
  }),
  /** A labeller said something of a row. */
  z.object({ type: z.literal('label'), statement: rowStatement }),
  /** Many labels came at once: ask for them again. */
  z.object({ type: z.literal('labels-changed') }),
  /** Association candidates were kept or withdrawn: ask for them again. */
  z.object({ type: z.literal('candidates-changed') }),
  ...sampEvents,
  /** A training began, ended or finished an epoch. */
  z.object({ type: z.literal('training'), training: trainingSummary }),
  z.object({ type: z.literal('training-progress'), progress: trainingProgress }),
  /** The window may ask other machines from now on, or may not any more. */
  z.object({ type: z.literal('online-changed'), isOn: z.boolean() }),
  z.object({ type: z.literal('notice'), level: z.enum(['info', 'warning', 'error']), message: z.string() }),
]);
export type EngineEvent = z.infer<typeof engineEvent>;
