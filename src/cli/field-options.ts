import type { Command } from 'commander';
import type { FieldFiles } from '../contract/field-files.ts';
import { parseColumnMap } from '../core/catalogue/column-map.ts';
import type { UnitFamily } from '../core/catalogue/column-reader.ts';
import { expandMosaics } from '../services/fits-files/expand-mosaics.ts';
import { collectMap, MAP_HELP, MAP_OPTION, parseUnitFamily } from './arguments.ts';

/** The field that a command works on, file by file. */
export interface FieldArguments {
  readonly mosaic: readonly string[];
  readonly catalogue: string;
  readonly gaussians?: string;
  readonly lr?: string;
  readonly units?: UnitFamily;
  readonly map: readonly string[];
}

export function addFieldOptions(command: Command): Command {
  return command
    .requiredOption('--mosaic <files...>', 'FITS mosaics: files, a folder, or a quoted pattern')
    .requiredOption('--catalogue <file>', 'PyBDSF source catalogue (srl)')
    .option('--gaussians <file>', 'PyBDSF Gaussian catalogue (gaul)')
    .option('--lr <file>', 'likelihood ratios, when they are not in the catalogue')
    .option('--units <family>', 'of columns without a unit: survey (arcsec, mJy) or pybdsf (deg, Jy)', parseUnitFamily)
    .option(MAP_OPTION, MAP_HELP, collectMap, []);
}

/** @throws DomainFailure of a `--map` that cannot be read, and of `--mosaic` where it names no file */
export async function fieldFilesOf(options: FieldArguments): Promise<FieldFiles> {
  const { catalogue, gaussians, lr, units } = options;
  const columnMap = parseColumnMap(options.map);
  return { mosaics: await expandMosaics(options.mosaic), catalogue, gaussians, lr, units, columnMap };
}
