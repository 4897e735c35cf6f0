import type { Command } from 'commander';
import { DomainFailure } from '../core/result/failure.ts';
import { expandMosaics } from '../services/fits-files/expand-mosaics.ts';
import type { TrainingField } from '../services/trainer/training-fields.ts';
import { fieldNameOf, findTrainingFields } from '../services/trainer/training-fields.ts';

/** Where a command takes labelled data from: folders of fields, one field named file by file, or both. */
export interface TrainingDataArguments {
  readonly data: readonly string[];
  readonly mosaic: readonly string[];
  readonly catalogue?: string;
  readonly gaussians?: string;
  readonly lr?: string;
  readonly labels?: string;
}

export function addTrainingDataOptions(command: Command): Command {
  return command
    .option('--data <folders...>', 'folders of fields as `lobate simulate` writes them', [])
    .option('--mosaic <files...>', 'mosaics of a field with labels: files, a folder, or a quoted pattern', [])
    .option('--catalogue <file>', 'its PyBDSF source catalogue (srl)')
    .option('--gaussians <file>', 'its PyBDSF Gaussian catalogue (gaul)')
    .option('--lr <file>', 'its likelihood ratios, when they are not in the catalogue')
    .option('--labels <file>', 'its component catalogue, or a table of Source_Name and label');
}

/** @throws DomainFailure 'argument-invalid' where a field is named in part, or no data at all */
export async function trainingFieldsOf(options: TrainingDataArguments): Promise<TrainingField[]> {
  const refuse = (why: string): never => {
    throw new DomainFailure({ kind: 'argument-invalid', name: '--data', why });
  };
  const fields = await findTrainingFields(options.data);
  const { catalogue, labels, gaussians, lr, mosaic } = options;
  if (catalogue !== undefined || labels !== undefined || mosaic.length > 0) {
    if (catalogue === undefined || labels === undefined || mosaic.length === 0) {
      return refuse('a field needs --mosaic, --catalogue and --labels together');
    }
    fields.push({
      name: fieldNameOf(catalogue),
      files: { mosaics: await expandMosaics(mosaic), catalogue, gaussians, lr },
      labels: { kind: 'file', path: labels },
    });
  }
  return fields.length === 0 ? refuse('give a folder of fields, or --mosaic, --catalogue and --labels') : fields;
}
