import type { Command } from 'commander';
import { describeError } from '../../core/result/describe-error.ts';
import { defaultModelOf, listModels } from '../../services/model-store/load-model.ts';
import { promotedModels } from '../../services/model-store/preferred-model.ts';
import { modelFolders } from '../folders.ts';
import type { CommandIo } from '../io.ts';

export function registerModels(program: Command, io: CommandIo): void {
  program
    .command('models')
    .description('list the models that there are; * marks the one used by default')
    .option('--json', 'print each model.json with its folder, as one JSON array', false)
    .action(async ({ json }: { readonly json: boolean }) => {
      const models = await listModels(modelFolders(), (failure) => io.note(describeError(failure.error)));
      if (json) {
        io.json(models.map(({ description, folder }) => ({ ...description, folder })));
        return;
      }
      if (models.length === 0) io.note(`No model is installed. Models are looked for in ${modelFolders().join(', ')}.`);
      const preferred = defaultModelOf(models, await promotedModels(modelFolders()[0]!));
      for (const model of models) {
        const { id, network, parameterCount, isTrained, trainedOn, metrics } = model.description;
        const mark = model === preferred ? '*' : ' ';
        const state = isTrained ? `trained on ${trainedOn}` : 'UNTRAINED';
        const [metric] = metrics;
        const result = metric === undefined ? '' : `; ${metric.name} ${metric.value.toFixed(3)}`;
        io.out(`${mark} ${id}: ${network}, ${parameterCount} parameters, ${state}${result}`);
      }
    });
}
