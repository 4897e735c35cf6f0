import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { sisgThresholdsOf } from '../../core/features/sisg-gate.ts';
import { withSisg } from '../../core/network/gate.ts';
import { withGeometry } from '../../core/network/geometry.ts';
import { compareTables } from '../../core/table/compare-tables.ts';
import type { Table } from '../../core/table/table.ts';
import { findColumn } from '../../core/table/table.ts';
import type { Provenance } from '../../core/classification/provenance.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { FoundInput } from '../../services/export/find-inputs.ts';
import { findInputs } from '../../services/export/find-inputs.ts';
import { labelsOfFile } from '../../services/export/list-labels.ts';
import { listAsRecorded, recordedFiles, recordedProvenance } from '../../services/export/recorded-list.ts';
import { openField } from '../../services/inference/open-field.ts';
import type { LoadedModel } from '../../services/model-store/load-model.ts';
import { listModels, loadModel } from '../../services/model-store/load-model.ts';
import { readTableFile } from '../../services/table-files/read-table-file.ts';
import { modelFolders } from '../folders.ts';
import type { CommandIo } from '../io.ts';
import { noteJoin } from '../note-join.ts';
import { predictField } from '../predict-field.ts';
import { softwareVersion } from '../version.ts';

interface ReplayArguments {
  readonly in: readonly string[];
  readonly models: readonly string[];
  readonly json: boolean;
}

const EXIT_DIFFERENT = 1;

export function registerReplay(program: Command, io: CommandIo): void {
  program
    .command('replay')
    .description('make an exported list again from what its header says, and tell whether it is identical')
    .argument('<list>', 'a table that `lobate classify`, `merge` or `export` wrote')
    .option('--in <folders...>', 'folders to look for the inputs in, by content (default: near the list, and here)', [])
    .option('--models <folders...>', 'folders to look for the model in, beside the installed ones', [])
    .option('--json', 'print the result as JSON', false)
    .action(async (list: string, options: ReplayArguments) => replay(list, options, io));
}

/** Exit status 0 where the list is identical, 1 where it differs. Nothing is fetched, nothing is written. */
async function replay(path: string, options: ReplayArguments, io: CommandIo): Promise<void> {
  const table = await readTableFile(path);
  const provenance = recordedProvenance(table, path);
  const folders = options.in.length > 0 ? options.in : [dirname(resolve(path)), process.cwd()];
  const inputs = await findInputs(provenance.inputs, folders);
  const files = recordedFiles(
    provenance,
    inputs.map((input) => input.path),
  );
  const model = await recordedModel(provenance, [...options.models, ...modelFolders()]);
  if (provenance.software !== `Lobate ${softwareVersion()}`) {
    io.note(`The list was written by ${provenance.software}; this is Lobate ${softwareVersion()}.`);
  }
  const field = await openField(files, provenance.recipe.features);
  try {
    const { predictions } = await predictField(
      field,
      model,
      { recipe: provenance.recipe, scoreSisg: provenance.scoreSisg, device: 'cpu' },
      io,
    );
    const labels = await labelsOfFile(files.labels, model.folder, field.catalogue);
    noteJoin(io, labels);
    const made = listAsRecorded(provenance, field, predictions, labels, softwareVersion());
    const again = provenance.labelsBy === 'hand' ? withColumnOf(table, made, HAND_LABELS) : made;
    if (again !== made) io.note(`${HAND_LABELS} holds labels that were given by hand: they are taken as they are.`);
    const differences = [...changesOf(provenance, inputs), ...compareTables(table, again).map(({ what }) => what)];
    if (differences.length > 0) process.exitCode = EXIT_DIFFERENT;
    if (options.json) io.json({ list: path, rows: table.rowCount, identical: differences.length === 0, differences });
    else if (differences.length === 0) io.out(`identical: ${table.rowCount} rows of ${path}`);
    else for (const what of differences) io.out(what);
  } finally {
    await field.close();
  }
}

/** A list is never identical to what other inputs give, though every number may be. */
const changesOf = ({ inputs }: Provenance, found: readonly FoundInput[]): readonly string[] =>
  found.flatMap(({ path, isChanged }, index) =>
    isChanged ? [`${inputs[index]!.role} ${path}: has changed since the list was written`] : [],
  );

/** Labels that were given in a project stand in no file: nothing here could say them again. */
const HAND_LABELS = 'multi_component';

function withColumnOf(from: Table, to: Table, name: string): Table {
  const column = findColumn(from, name);
  if (column === undefined || from.rowCount !== to.rowCount) return to;
  return { ...to, columns: to.columns.map((other) => (other.name === name ? column : other)) };
}

async function recordedModel(
  { modelId, modelSha256, recipe }: Provenance,
  folders: readonly string[],
): Promise<LoadedModel> {
  const models = await listModels(folders);
  const found = models.find(({ description }) => description.weightsSha256 === modelSha256);
  if (found === undefined) {
    const available = models.map(({ description }) => description.id);
    throw new DomainFailure({
      kind: 'model-not-found',
      id: `${modelId} (SHA-256 ${modelSha256.slice(0, 12)}…)`,
      available,
    });
  }
  // A run may have had a geometry and thresholds of the SISG gate of its own.
  const { cutout, features } = recipe;
  const asRun = withSisg(withGeometry(found.description.recipe, cutout.geometry), sisgThresholdsOf(features));
  if (JSON.stringify(asRun) !== JSON.stringify(recipe)) {
    const why = 'the list was made with another recipe than the model has now';
    throw new DomainFailure({ kind: 'model-input-mismatch', id: modelId, why });
  }
  return loadModel(found.folder, []);
}
