import type { Command } from 'commander';
import type { CommandIo } from '../io.ts';
import { registerSimulate } from './simulate.ts';
import { registerClassify } from './classify.ts';
import { registerCutout } from './cutout.ts';
import { registerEvaluate } from './evaluate.ts';
import { registerFeatures } from './features.ts';
import { registerInspect } from './inspect.ts';
import { registerModels } from './models.ts';
import { registerRecipe } from './recipe.ts';
import { registerServe } from './serve.ts';
import { registerTrain } from './train.ts';

/** Every command of `lobate`, in the order of the help page. One file each. */
export const commands: readonly ((program: Command, io: CommandIo) => void)[] = [
  registerClassify,
  registerFeatures,
  registerCutout,
  registerEvaluate,
  registerInspect,
  registerSimulate,
  registerServe,
  registerTrain,
  registerModels,
  registerRecipe,
];
