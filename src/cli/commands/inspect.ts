import type { Command } from 'commander';
import type { FileSummary, HduSummary } from '../../services/table-files/inspect-file.ts';
import { inspectFile } from '../../services/table-files/inspect-file.ts';
import type { CommandIo } from '../io.ts';

export function registerInspect(program: Command, io: CommandIo): void {
  program
    .command('inspect')
    .description('say what a FITS file or table holds: images with their coordinates, tables with their columns')
    .argument('<file>', 'FITS, VOTable, CSV, TSV, ECSV or Parquet file')
    .option('--json', 'print the result as JSON', false)
    .action(async (path: string, options: { readonly json: boolean }) => {
      const summary = await inspectFile(path);
      if (options.json) io.json(summary);
      else for (const line of linesOf(summary)) io.out(line);
    });
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
