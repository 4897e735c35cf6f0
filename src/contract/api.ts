import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { candidate, keepCandidate, proposal, proposalRequest, withdrawCandidate } from './associations.ts';
import { deviceChoice, deviceReport } from './device-schemas.ts';
import { explanation, similarSources, whatIfAnswer, whatIfChange } from './explanation-schemas.ts';
import { comparableRun, compareWithFile, loadReference, referenceSummary } from './evaluation.ts';
import {
  giveLabel,
  goldScore,
  labelAgreement,
  labeller,
  labelImport,
  labelImportResult,
  labelQueue,
  labelState,
  queueRequest,
  rowStatement,
} from './labels.ts';
import { columnReading, columnReport, columnReportRequest } from './column-report.ts';
import { exportedFile, exportPlace, exportRequest } from './export.ts';
import { imageChoice } from './image-choices.ts';
import { importModel } from './models.ts';
import { recipeSchema } from './recipe-schema.ts';
import { modelRecipe } from './recipes.ts';
import {
  dataExamination,
  preferredModel,
  startTraining,
  stepEstimate,
  trainingList,
  trainingPlan,
  trainingPreset,
  trainingResult,
  trainingSummary,
} from './training.ts';
import { rotationRequest, rotationSpreads } from './rotation.ts';
import {
  cutoutGeometry,
  engineEvent,
  folderListing,
  modelSummary,
  openRequest,
  preflightReport,
  projectSummary,
  recentProject,
  runSummary,
  sourceDetails,
} from './schemas.ts';
import { onlineState } from './online.ts';
import { sampReceived, sampSend, sampState } from './samp.ts';
import { inputPlace, machineSetting, sessionView } from './session.ts';
import {
  imageLevels,
  modelChannels,
  mosaicChoice,
  pixelReading,
  pixelRequest,
  skyOverview,
  sourceSurroundings,
} from './sky-schemas.ts';
import { sisgCountRequest, sisgCounts, sisgGate, sisgThresholds } from './sisg.ts';
import { catalogueColumn } from './table.ts';

/**
 * Every request between window and engine. The engine must implement it, the window calls it, and nothing else passes
 * between them but the binary doors listed in `paths.ts`. A refusal is the typed error `REFUSED` with its sentence.
 */
const base = oc.errors({
  REFUSED: {
    status: 422,
    data: z.object({ kind: z.string(), sentence: z.string() }),
  },
});

export const api = {
  app: {
    /** Versions and where the engine runs, for the title bar and About. */
    about: base.output(
      z.object({
        version: z.string(),
        host: z.enum(['desktop', 'web']),
        startFolder: z.string(),
      }),
    ),
    /** Stays open; the engine's events from now on. */
    events: base.output(eventIterator(engineEvent)),
  },
  project: {
    current: base.output(projectSummary.nullable()),
    recent: base.output(z.array(recentProject)),
    /** Opens a mosaic and a catalogue as a new project, or the project that already exists for them. */
    open: base.input(openRequest).output(projectSummary),
    openFile: base.input(z.object({ path: z.string() })).output(projectSummary),
    /** Stops an opening that is under way; it is refused as `cancelled`, and another field that was open stays. */
    cancelOpening: base.output(z.object({})),
    /** Opens the demo field, simulating it first where it is not cached. */
    openDemo: base.output(projectSummary),
    close: base.output(z.object({})),
    /** What a run of the open field would meet; of the default model where none is named. */
    preflight: base
      .input(z.object({ modelId: z.string().optional(), geometry: cutoutGeometry.optional() }))
      .output(preflightReport),
  },
  columns: {
    /** How the columns of a catalogue are understood, or would be under another map. */
    report: base.input(columnReportRequest).output(columnReport),
    /** How the catalogue of the open project is read. */
    reading: base.output(columnReading),
    /** Reads the open project's files anew, with other columns or units; refused, it stays as it was. */
    read: base.input(columnReading).output(projectSummary),
  },
  table: {
    /** Columns of the catalogue's file, in its order; values come through `paths.column`. */
    columns: base.output(z.array(catalogueColumn)),
  },
  session: {
    /** What the windows of this machine keep, by name. */
    settings: base.output(z.record(z.string(), z.string())),
    keepSetting: base.input(machineSetting).output(z.object({})),
    /** How the open project was left; null where it was never looked at. */
    view: base.output(sessionView.nullable()),
    /** `project`: path of the project that the view is of. Another one may be open by now; then nothing is kept. */
    keepView: base.input(z.object({ project: z.string(), view: sessionView })).output(z.object({})),
    /** The files that a closed project names, and whether they are there. */
    inputs: base.input(z.object({ project: z.string() })).output(z.array(inputPlace)),
    /** Looks for a closed project's missing files in a folder, by content, and notes where they are. */
    locate: base.input(z.object({ project: z.string(), folder: z.string() })).output(z.array(inputPlace)),
    /** A copy of the open project to give away, its files named relative to it. */
    saveCopy: base.input(z.object({ path: z.string() })).output(z.object({ path: z.string() })),
  },
  files: {
    list: base.input(z.object({ path: z.string().optional() })).output(folderListing),
    /** The images of a FITS file, of which one plane is a mosaic. */
    images: base.input(z.object({ path: z.string() })).output(z.array(imageChoice)),
  },
  models: {
    list: base.output(z.array(modelSummary)),
    /** Of every installed model, in the order of the list. */
    recipes: base.output(z.array(modelRecipe)),
    preferred: base.output(preferredModel),
    /** Makes a model the default; the one before can be had back. */
    promote: base.input(z.object({ modelId: z.string() })).output(preferredModel),
    rollBack: base.output(preferredModel),
    /** Installs a model; it is used when it is asked for or promoted. */
    import: base.input(importModel).output(z.object({ modelId: z.string() })),
    /** Where the file of a model would go. */
    exportPlace: base.input(z.object({ modelId: z.string() })).output(z.object({ path: z.string() })),
    /** Writes a model as one file on the engine's machine; a file of that name is replaced. */
    export: base.input(z.object({ modelId: z.string(), path: z.string() })).output(z.object({ path: z.string() })),
  },
  run: {
    start: base

      .input(
        z.object({
          modelId: z.string().optional(),
          scoreSisg: z.boolean().default(false),
          /** The model's own where absent. */
          geometry: cutoutGeometry.optional(),
        }),
      )

      .output(runSummary),
    cancel: base.output(z.object({})),
    /** Takes up a cancelled or interrupted run from its last stored batch. */
    resume: base.output(runSummary),
    /** What the results on screen were made with; null before the first run. */
    recipe: base.output(recipeSchema.nullable()),
  },
  sisg: {
    /** Thresholds of the open project. */
    gate: base.output(sisgGate),
    /** What thresholds do to its catalogue; nothing is stored. The rows themselves come through `paths.sisgRows`. */
    count: base.input(sisgCountRequest).output(sisgCounts),
    /** For the runs that are begun from now on; null for the model's own. What is on screen stays. */
    choose: base.input(z.object({ thresholds: sisgThresholds.nullable() })).output(sisgGate),
  },
  evaluation: {
    /** The labels that the field is judged by; null where none were given. */
    reference: base.output(referenceSummary.nullable()),
    loadReference: base.input(loadReference).output(referenceSummary),
    clearReference: base.output(z.object({})),
    /** What the run on screen can be compared with, newest first, the project's own runs before those of another file. */
    comparableRuns: base.output(z.array(comparableRun)),
    /** Brings in the runs of another project file, which stays as it is, or a list with scores; in place of an earlier one. */
    compareWithFile: base.input(compareWithFile).output(z.array(comparableRun)),
    forgetComparedFile: base.output(z.object({})),
  },
  labels: {
    state: base
      .input(z.object({ labeller: labeller.optional(), isBlind: z.boolean().default(false) }))
      .output(labelState),
    /** Answers when the label is on disk. */
    give: base.input(giveLabel).output(rowStatement),
    /** Takes the labeller's last act back, as a new line of the history; null where there is none. */
    undo: base.input(z.object({ labeller })).output(rowStatement.nullable()),
    queue: base.input(queueRequest).output(labelQueue),
    agreement: base.input(z.object({ first: labeller, second: labeller })).output(labelAgreement),
    gold: base.input(z.object({ labeller })).output(goldScore),
    /** Labels of a file, all or none. */
    importCsv: base.input(labelImport).output(labelImportResult),
    /** The project's finished runs, newest first, to compare the shown one with. */
    runs: base.output(z.array(z.object({ id: z.number().int(), modelId: z.string(), startedAt: z.string() }))),
  },
  associations: {
    list: base.output(z.array(candidate)),
    /** What lies about a row, and what speaks for each being part of the same source. */
    propose: base.input(proposalRequest).output(proposal),
    /** Keeps rows as a candidate, on disk when this answers; all candidates then. */
    keep: base.input(keepCandidate).output(z.array(candidate)),
    withdraw: base.input(withdrawCandidate).output(z.array(candidate)),
  },
  device: {
    /** What runs the network, and what was found out about the devices of this machine. */
    report: base.output(deviceReport),
    /** For the runs that are begun from now on, also after a restart. */
    choose: base.input(z.object({ choice: deviceChoice })).output(deviceReport),
  },
  explain: {
    /** Why the model of the shown run gives a row its P(MC); takes about a thousand passes of the network. */
    why: base.input(z.object({ row: z.number().int().nonnegative() })).output(explanation),
    /** P(MC) of a row as it is not; nothing is stored. */
    whatIf: base.input(z.object({ row: z.number().int().nonnegative(), change: whatIfChange })).output(whatIfAnswer),
    /** Sends the whole field through the network the first time, with a task's progress. */
    similar: base
      .input(z.object({ row: z.number().int().nonnegative(), count: z.number().int().min(1).max(64).default(8) }))
      .output(similarSources),
    /** P(MC) of many sources in many orientations, with a task's progress; what no network sees is left out. */
    rotation: base.input(rotationRequest).output(rotationSpreads),
  },
  export: {
    /** Where the file would go and what it would be called. */
    place: base.input(exportRequest).output(exportPlace),
    /** Writes it on the engine's machine, whole or not at all; a file of that name is replaced. */
    save: base.input(z.object({ request: exportRequest, path: z.string() })).output(exportedFile),
  },
  samp: {
    /** Asks the hub, too, whether it still knows us. */
    state: base.output(sampState),
    connect: base.output(sampState),
    disconnect: base.output(sampState),
    /** The names of the programs that it was sent to. */
    send: base.input(sampSend).output(z.object({ to: z.array(z.string()) })),
    /** The source that the window looks at now. Says it to nobody where another program said it first. */
    highlight: base.input(z.object({ row: z.number().int().nonnegative() })).output(z.object({})),
    /** What was offered; its path can then be opened. */
    take: base
      .input(z.object({ id: z.number().int() }))
      .output(z.object({ path: z.string(), kind: sampReceived.shape.kind })),
    dismiss: base.input(z.object({ id: z.number().int() })).output(z.object({})),
  },
  training: {
    presets: base.output(z.array(trainingPreset)),
    /** What would be learned from, without reading a pixel. */
    examine: base.input(trainingPlan).output(dataExamination),
    /** Tables beside the open catalogue that may hold its labels, component catalogues first. */
    labelFiles: base.output(z.array(z.string())),
    /** Times a step on this machine. */
    measure: base.input(trainingPlan).output(stepEstimate),
    list: base.output(trainingList),
    start: base.input(startTraining).output(trainingSummary),
    /** Ends the steps; what the last whole epoch gave is kept. */
    stop: base.output(z.object({})),
    /** Goes on from the last whole epoch, or makes its best one the model. */
    resume: base.input(z.object({ id: z.number().int(), finishNow: z.boolean() })).output(trainingSummary),
    /** Null while there is none. */
    result: base.input(z.object({ id: z.number().int() })).output(trainingResult.nullable()),
    /** Forgets a training that is not running, with its checkpoint; its model stays. */
    remove: base.input(z.object({ id: z.number().int() })).output(z.object({})),
  },
  source: {
    details: base.input(z.object({ row: z.number().int().nonnegative() })).output(sourceDetails),
    /** What is drawn about a selected source. */
    surroundings: base.input(z.object({ row: z.number().int().nonnegative() })).output(sourceSurroundings),
  },
  /** Whether the window may ask other machines; `contract/online.ts` names them. */
  online: {
    state: base.output(onlineState),
    /** The page's policy follows at its next load. */
    set: base.input(onlineState).output(z.void()),
  },
  sky: {
    /** Measured on a sample of the pixels. */
    levels: base.input(z.object({ mosaic: mosaicChoice })).output(imageLevels),
    /** Of the model whose results are on screen. */
    channels: base.output(modelChannels),
    /** Null off the mosaics. */
    pixel: base.input(pixelRequest).output(pixelReading),
    overview: base.output(skyOverview),
  },
} as const;
