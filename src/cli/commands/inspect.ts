import type { Command } from 'commander';
import type { ColumnReport } from '../../contract/column-report.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { columnReportOfFile } from '../../services/catalogue-files/column-report.ts';
import type { FileSummary, HduSummary } from '../../services/table-files/inspect-file.ts';
import { inspectFile } from '../../services/table-files/inspect-file.ts';
import {
  collectMap,
  GEOMETRY_HELP,
  GEOMETRY_OPTION,
  MAP_HELP,
  MAP_OPTION,
  parseGeometry,
  parseUnitFamily,
} from '../arguments.ts';
import type { CommandIo } from '../io.ts';
import type { PreflightArguments } from '../preflight.ts';
import { preflightLines, preflightOf } from '../preflight.ts';
import { sisgLines, sisgReportOf } from '../sisg.ts';

interface InspectArguments extends Partial<PreflightArguments> {
  readonly json: boolean;
  readonly columns: boolean;
  readonly sisg: boolean;
  readonly labels?: string;
  readonly recipe: string;
  readonly preflight: boolean;
  readonly map: readonly string[];
}

export function registerInspect(program: Command, io: CommandIo): void {
  program
    .command('inspect')
    .description('say what a FITS file or table holds: images with their coordinates, tables with their columns')
    .argument('[file]', 'FITS, VOTable, CSV, TSV, ECSV or Parquet file')
    .option('--preflight', 'say what a run on these mosaics and this catalogue would meet', false)
    .option('--columns', 'say which columns of this catalogue are taken for what, and in which unit', false)
    .option('--sisg', 'count what each SISG rule takes out of this catalogue, and the MC rows that it loses', false)
    .option('--mosaic <files...>', 'for --preflight: FITS mosaics, a folder, or a quoted pattern')
    .option('--catalogue <file>', 'for --preflight and --sisg: source catalogue')
    .option('--gaussians <file>', 'for --preflight and --sisg: Gaussian catalogue')
    .option('--lr <file>', 'for --preflight: likelihood ratios')
    .option('--units <family>', 'of columns without a unit: survey (arcsec, mJy) or pybdsf (deg, Jy)', parseUnitFamily)
    .option(MAP_OPTION, MAP_HELP, collectMap, [])
    .option('--model <id>', 'for --preflight: the model that would be used')
    .option(GEOMETRY_OPTION, `for --preflight: ${GEOMETRY_HELP}`, parseGeometry)
    .option('--labels <file>', 'labels as for `lobate evaluate`: --sisg counts lost MC rows, --preflight what joins')
    .option('--recipe <name>', 'for --sisg: a recipe of `lobate recipe`, or a .json file of one', 'compact')
    .option('--json', 'print the result as JSON', false)
    .action(async (path: string | undefined, options: InspectArguments) =>
      options.preflight
        ? showPreflight(options, io)
        : options.sisg
          ? showSisg(options, io)
          : options.columns
            ? showColumns(path ?? options.catalogue, options, io)
            : showFile(path, options.json, io),
    );
}

async function showFile(path: string | undefined, isJson: boolean, io: CommandIo): Promise<void> {
  if (path === undefined) refuse('file', 'give a file to look into, or --preflight with --mosaic and --catalogue');
  const summary = await inspectFile(path);
  if (isJson) io.json(summary);
  else for (const line of linesOf(summary)) io.out(line);
}

async function showColumns(path: string | undefined, options: InspectArguments, io: CommandIo): Promise<void> {
  if (path === undefined) refuse('--columns', 'give a catalogue with it');
  const { units, map } = options;
  const report = await columnReportOfFile(path, { map: [...map], ...(units === undefined ? {} : { units }) });
  if (options.json) io.json(report);
  else for (const line of columnLines(report)) io.out(line);
}

/** One line for each quantity that the catalogue has or has to have, then what is wrong. */
function columnLines({ choices, refusal, warnings }: ColumnReport): string[] {
  const lines = choices
    .filter(({ found, isRequired }) => found !== null || isRequired)
    .map(({ title, found, isMapped, unit, isUnitAssumed, values }) => {
      if (found === null) return `${title} = none, and it is needed`;
      const unitText = unit === '' ? '' : ` [${unit}${isUnitAssumed ? ', assumed' : ''}]`;
      return `${title} = ${found}${isMapped ? ' (mapped)' : ''}${unitText}  ${values.join('  ')}`;
    });
  return [...lines, ...warnings, ...(refusal === null ? [] : [refusal])];
}

async function showPreflight(options: InspectArguments, io: CommandIo): Promise<void> {
  const { mosaic, catalogue } = options;
  if (mosaic === undefined || catalogue === undefined) refuse('--preflight', 'give --mosaic and --catalogue with it');
  const report = await preflightOf({ ...options, mosaic, catalogue });
  if (options.json) io.json(report);
  else for (const line of preflightLines(report)) io.out(line);
}

async function showSisg(options: InspectArguments, io: CommandIo): Promise<void> {
  const { catalogue } = options;
  if (catalogue === undefined) refuse('--sisg', 'give --catalogue with it');
  const report = await sisgReportOf({ ...options, catalogue });
  if (options.json) io.json(report);
  else for (const line of sisgLines(report)) io.out(line);
}

function refuse(name: string, why: string): never {
  throw new DomainFailure({ kind: 'argument-invalid', name, why });
}

function linesOf(summary: FileSummary): string[] {
  if (summary.kind === 'table') {
    return [
      `${summary.path}: ${summary.format}, ${summary.rowCount} rows, ${summary.columns.length} columns`,
      ...summary.columns.map(({ name, type, unit }) => `    ${name}  ${type}${unit === null ? '' : `  [${unit}]`}`),
    ];
  }
  return [`${summary.path}: FITS, ${summary.hdus.length} HDUs`, ...summary.hdus.flatMap(hduLines)];
}

function hduLines(hdu: HduSummary): string[] {
  const title = `[${hdu.index}] ${hdu.name === null ? '' : `${hdu.name} `}${hdu.kind}`;
  if (hdu.notReadBecause !== null) return [`${title}: ${hdu.notReadBecause}`];
  if (hdu.rowCount !== null) {
    return [
      `${title}, ${hdu.rowCount} rows, ${hdu.columns.length} columns`,
      ...hdu.columns.map(({ name, form, unit }) => `    ${name}  ${form}${unit === null ? '' : `  [${unit}]`}`),
    ];
  }
  if (hdu.image === null) return [title];
  const { wcs, wcsProblem, beam } = hdu.image;
  const lines = [`${title}, ${hdu.axes.join(' × ')} pixels, BITPIX ${hdu.bitpix}, unit ${hdu.unit ?? 'not given'}`];
  if (wcs !== null) {
    const centre =
      wcs.centre === null ? '' : `, centre RA ${wcs.centre.raDeg.toFixed(6)}°, Dec ${wcs.centre.decDeg.toFixed(6)}°`;
    lines.push(`    ${wcs.projection}, ${wcs.pixelScaleArcsec.toFixed(3)}″ per pixel${centre}`);
  } else if (wcsProblem !== null) lines.push(`    ${wcsProblem}`);
  if (beam !== null) {
    lines.push(`    beam ${beam.majArcsec.toFixed(2)}″ × ${beam.minArcsec.toFixed(2)}″, PA ${beam.paDeg.toFixed(1)}°`);
  }
  return lines;
}
