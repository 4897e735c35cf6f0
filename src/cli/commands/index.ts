import type { Command } from 'commander';
import type { CommandIo } from '../io.ts';

type Register = (program: Command, io: CommandIo) => void;

/**
 * Every command of `lobate`, in the order of the help page. One file each, loaded when it is wanted: reading onnxruntime
 * and the simulator to print the features of a catalogue would take longer than printing them.
 */
const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  classify: async () => (await import('./classify.ts')).registerClassify,
  merge: async () => (await import('./merge.ts')).registerMerge,
  replay: async () => (await import('./replay.ts')).registerReplay,
  export: async () => (await import('./export.ts')).registerExport,
  moc: async () => (await import('./moc.ts')).registerMoc,
  features: async () => (await import('./features.ts')).registerFeatures,
  cutout: async () => (await import('./cutout.ts')).registerCutout,
  explain: async () => (await import('./explain.ts')).registerExplain,
  evaluate: async () => (await import('./evaluate.ts')).registerEvaluate,
  inspect: async () => (await import('./inspect.ts')).registerInspect,
  simulate: async () => (await import('./simulate.ts')).registerSimulate,
  serve: async () => (await import('./serve.ts')).registerServe,
  dataset: async () => (await import('./dataset.ts')).registerDataset,
  train: async () => (await import('./train.ts')).registerTrain,
  experiment: async () => (await import('./experiment.ts')).registerExperiment,
  models: async () => (await import('./models.ts')).registerModels,
  recipe: async () => (await import('./recipe.ts')).registerRecipe,
  'rotate-test': async () => (await import('./rotate-test.ts')).registerRotateTest,
};

/** Registers the command of that name, or all of them where there is none: for the help page and for suggestions. */
export async function registerCommands(program: Command, io: CommandIo, wanted: string | undefined): Promise<void> {
  const loaders = wanted !== undefined && wanted in COMMANDS ? [COMMANDS[wanted]!] : Object.values(COMMANDS);
  const registers = await Promise.all(loaders.map((load) => load()));
  for (const register of registers) register(program, io);
}
