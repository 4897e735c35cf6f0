import type { Command } from 'commander';
import { DomainFailure } from '../../core/result/failure.ts';
import { inputFilesOf } from '../../services/export/input-files.ts';
import { labelsOfFile } from '../../services/export/list-labels.ts';
import { listAsRecorded, recordedFiles } from '../../services/export/recorded-list.ts';
import { joinParts, readPart } from '../../services/export/shard-part.ts';
import { openField } from '../../services/inference/open-field.ts';
import { loadModel } from '../../services/model-store/load-model.ts';
import { tableFileFormatOf } from '../../services/table-writers/table-writers.ts';
import { writeTableFile } from '../../services/table-writers/write-table-file.ts';
import type { CommandIo } from '../io.ts';
import { noteJoin } from '../note-join.ts';
import { softwareVersion } from '../version.ts';

interface MergeArguments {
  readonly out: string;
  readonly json: boolean;
}

export function registerMerge(program: Command, io: CommandIo): void {
  program
    .command('merge')
    .description('join the parts of `lobate classify --shard i/n` to the table that one run would have written')
    .argument('<parts...>', 'all n parts, in any order')
    .requiredOption('--out <file>', 'result table: .fits, .vot, .ecsv, .parquet or .csv')
    .option('--json', 'print a machine-readable summary', false)
    .action(async (parts: string[], options: MergeArguments) => merge(parts, options, io));
}

async function merge(paths: readonly string[], options: MergeArguments, io: CommandIo): Promise<void> {
  tableFileFormatOf(options.out);
  const parts = [];
  for (const path of paths) parts.push(await readPart(path));
  const [first] = parts;
  if (first === undefined) throw new DomainFailure({ kind: 'argument-invalid', name: 'parts', why: 'give all parts' });
  const { provenance } = first;
  if (provenance.software !== `Lobate ${softwareVersion()}`) {
    const why = `was written by ${provenance.software}; merge with that version, or classify again`;
    throw new DomainFailure({ kind: 'argument-invalid', name: first.path, why });
  }
  const files = recordedFiles(provenance, first.inputPaths);
  const field = await openField(files, provenance.recipe.features);
  try {
    const present = await inputFilesOf(files, files.labels);
    const changed = present.find(({ fingerprint }, index) => fingerprint !== provenance.inputs[index]!.fingerprint);
    if (changed !== undefined) {
      const why = 'has changed since the parts were made; classify again';
      throw new DomainFailure({ kind: 'argument-invalid', name: changed.name, why });
    }
    const predictions = joinParts(parts, field.catalogue.rowCount);
    const device = [...new Set(parts.map((part) => part.provenance.device))].filter((text) => text !== undefined);
    const whole = { ...provenance, device: device.length === 0 ? undefined : device.join('; ') };
    // Under the paper's names a list says what the model was trained on, and only the model knows.
    const isPaper = provenance.columnNames === 'paper';
    const model = isPaper ? await loadModel(first.modelFolder, []) : undefined;
    const labels = await labelsOfFile(files.labels, model?.folder, field.catalogue);
    noteJoin(io, labels);
    const table = listAsRecorded(whole, field, predictions, labels, softwareVersion());
    await writeTableFile(options.out, table);
    if (options.json) io.json({ parts: parts.length, rows: table.rowCount, out: options.out });
    else io.out(`${parts.length} parts, ${table.rowCount} rows: ${options.out}`);
  } finally {
    await field.close();
  }
}
