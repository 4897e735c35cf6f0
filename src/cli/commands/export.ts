import type { Command } from 'commander';
import { Option } from 'commander';
import type { ColumnNames, RowChoice } from '../../core/classification/provenance.ts';
import type { EllipseSize } from '../../core/regions/sky-region.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { parseRowRanges } from '../../core/table/row-ranges.ts';
import { openStoredProject } from '../../engine/project/stored-project.ts';
import { deviceText } from '../../services/export/device-text.ts';
import { labelsOfProject } from '../../services/export/list-labels.ts';
import { inputFilesOf } from '../../services/export/input-files.ts';
import { REGION_FILES, regionFileFormatOf, regionRowOf, regionsOf } from '../../services/export/list-regions.ts';
import { chosenRows, predictionList } from '../../services/export/prediction-list.ts';
import { writeAtomically } from '../../services/fits-files/atomic-write.ts';
import { inTurn } from '../../services/threads/in-turn.ts';
import { listModels } from '../../services/model-store/load-model.ts';
import { tableFileFormatOf } from '../../services/table-writers/table-writers.ts';
import { writeTableFile } from '../../services/table-writers/write-table-file.ts';
import { columnNamesOption, parseThreshold } from '../arguments.ts';
import { modelFolders } from '../folders.ts';
import type { CommandIo } from '../io.ts';
import { noteJoin } from '../note-join.ts';
import { softwareVersion } from '../version.ts';

interface ExportArguments {
  readonly rows: string;
  readonly threshold?: number;
  readonly columns: ColumnNames;
  readonly ellipse: EllipseSize;
  readonly out: string;
}

export function registerExport(program: Command, io: CommandIo): void {
  program
    .command('export')
    .description('write the list or the regions of the last run in a project, without computing anything')
    .argument('<project>', 'a .lobate file that is not open elsewhere')
    .option('--rows <which>', 'flagged, all, or rows of the catalogue counted from 0, as in 0-4,9', 'flagged')
    .option('--threshold <t>', "class MC from this probability on (default: the run's)", parseThreshold)
    .addOption(columnNamesOption())
    .addOption(ellipseOption())
    .requiredOption('--out <file>', 'table (.fits, .vot, .ecsv, .parquet, .csv) or regions (.reg, .crtf)')
    .action(async (project: string, options: ExportArguments) => exportProject(project, options, io));
}

export const ellipseOption = (): Option =>
  new Option('--ellipse <size>', 'of regions: fwhm (radii Maj/2, Min/2) or pybdsf (radii Maj, Min; twice as wide)')
    .choices(['fwhm', 'pybdsf'])
    .default('fwhm');

async function exportProject(path: string, options: ExportArguments, io: CommandIo): Promise<void> {
  const regionFormat = regionFileFormatOf(options.out);
  if (regionFormat === undefined) tableFileFormatOf(options.out);
  const project = await openStoredProject(path);
  try {
    const { field, predictions, run } = project;
    if (run.state !== 'complete')
      io.note(`The run is not finished: ${run.rowsDone} of ${run.rowCount} rows have a result.`);
    if (!run.isTrained) io.note(`UNTRAINED: model ${run.modelId} saw no data; its probabilities mean nothing.`);
    const threshold = options.threshold ?? run.threshold;
    const choice = choiceOf(options.rows, field.catalogue.rowCount);
    const request = { ...choice, threshold, columnNames: options.columns };
    if (regionFormat === undefined) {
      const model = (await listModels(modelFolders())).find(
        ({ description }) => description.weightsSha256 === run.weightsSha256,
      );
      const seed = model?.description.seed ?? Number.NaN;
      const device = deviceText(run.devices);
      const maker = { ...run, seed, softwareVersion: softwareVersion(), device };
      const isPaper = options.columns === 'paper';
      const labels = isPaper ? await labelsOfProject(project.labels, model?.folder, field.catalogue) : undefined;
      noteJoin(io, labels);
      const inputs = await inputFilesOf(field.files, labels?.file);
      const { table } = predictionList(field, predictions, maker, { ...request, labels }, inputs);
      await writeTableFile(options.out, table);
      io.out(`${table.rowCount} rows: ${options.out}`);
    } else {
      const chosen = chosenRows(predictions, request);
      const rows = predictions
        .filter(({ row }) => chosen?.has(row) ?? true)
        .map((prediction) => regionRowOf(prediction, threshold));
      const regions = regionsOf(field.catalogue, rows, options.ellipse);
      const notes = [`Model ${run.modelId}, ${options.rows} at P(MC) >= ${threshold}.`];
      const file = { size: options.ellipse, software: `Lobate ${softwareVersion()}`, notes };
      await writeAtomically(options.out, inTurn(REGION_FILES[regionFormat](regions, file)));
      io.out(`${regions.length} regions: ${options.out}`);
    }
  } finally {
    await project.close();
  }
}

function choiceOf(
  text: string,
  rowCount: number,
): { readonly rows: RowChoice; readonly selectedRows?: readonly number[] } {
  if (text === 'flagged' || text === 'all') return { rows: text };
  if (!/^\d/.test(text)) {
    throw new DomainFailure({
      kind: 'argument-invalid',
      name: '--rows',
      why: 'give flagged, all, or rows as in 0-4,9',
    });
  }
  return { rows: 'selection', selectedRows: parseRowRanges(text, rowCount) };
}
