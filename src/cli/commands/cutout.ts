import type { Command } from 'commander';
import { DomainFailure } from '../../core/result/failure.ts';
import type { CutoutGeometry } from '../../core/cutout/cutout-recipe.ts';
import { withGeometry } from '../../core/network/geometry.ts';
import type { SkyPosition } from '../../core/sky/position.ts';
import { degrees } from '../../core/units/quantities.ts';
import { npyBytes, tensorSha256 } from '../../services/export/npy.ts';
import { writeAtomically } from '../../services/fits-files/atomic-write.ts';
import { openMosaic } from '../../services/fits-files/mosaic.ts';
import { cutoutOf } from '../../services/inference/source-cutout.ts';
import { readRecipe } from '../../services/model-store/read-recipe.ts';
import { GEOMETRY_HELP, GEOMETRY_OPTION, parseGeometry } from '../arguments.ts';
import type { CommandIo } from '../io.ts';

interface CutoutArguments {
  readonly mosaic: string;
  readonly ra: string;
  readonly dec: string;
  readonly recipe: string;
  readonly geometry?: CutoutGeometry;
  readonly out: string;
  readonly json: boolean;
}

export function registerCutout(program: Command, io: CommandIo): void {
  program
    .command('cutout')
    .description('write the tensor that the network sees at a position (float32, channels × 128 × 128) as .npy')
    .requiredOption('--mosaic <file>', 'FITS mosaic')
    .requiredOption('--ra <degrees>', 'right ascension [deg, ICRS]')
    .requiredOption('--dec <degrees>', 'declination [deg, ICRS]')
    .option('--recipe <name>', 'a recipe of `lobate recipe`, or a .json file of one', 'compact')
    .option(GEOMETRY_OPTION, GEOMETRY_HELP, parseGeometry)
    .requiredOption('--out <file>', '.npy file to write')
    .option('--json', 'print noise, valid fraction and SHA-256 as JSON', false)
    .action(async (options: CutoutArguments) => writeCutout(options, io));
}

function positionOf({ ra, dec }: CutoutArguments): SkyPosition {
  const raDeg = Number(ra);
  const decDeg = Number(dec);
  if (ra.trim() === '' || !Number.isFinite(raDeg)) {
    throw new DomainFailure({ kind: 'argument-invalid', name: '--ra', why: `"${ra}" is not a number of degrees` });
  }
  if (dec.trim() === '' || !(Math.abs(decDeg) <= 90)) {
    throw new DomainFailure({
      kind: 'argument-invalid',
      name: '--dec',
      why: `"${dec}" is not between −90 and 90 degrees`,
    });
  }
  return { ra: degrees(((raDeg % 360) + 360) % 360), dec: degrees(decDeg) };
}

async function writeCutout(options: CutoutArguments, io: CommandIo): Promise<void> {
  const position = positionOf(options);
  const { cutout: recipe } = withGeometry(await readRecipe(options.recipe), options.geometry);
  const mosaic = await openMosaic(options.mosaic);
  try {
    const made = await cutoutOf(mosaic, position, recipe);
    if (made === undefined || made.cutout.validFraction === 0) {
      const why = `RA ${options.ra}, Dec ${options.dec} lies outside ${options.mosaic} or on blank sky`;
      throw new DomainFailure({ kind: 'argument-invalid', name: 'position', why });
    }
    const { cutout } = made;
    await writeAtomically(
      options.out,
      npyBytes(cutout.channels, [cutout.channelCount, cutout.sidePix, cutout.sidePix]),
    );
    const { centre, sigma, validFraction, blank } = cutout;
    const sha256 = tensorSha256(cutout.channels);
    if (options.json) {
      io.json({
        out: options.out,
        recipe: options.recipe,
        geometry: recipe.geometry,
        pixelScaleArcsec: made.pixelScaleArcsec,
        centre,
        sigma,
        unit: mosaic.unit,
        validFraction,
        blank,
        sha256,
      });
    } else {
      io.out(
        `${options.out}: σ = ${sigma.toPrecision(4)} ${mosaic.unit}, valid ${(100 * validFraction).toFixed(1)} %, SHA-256 ${sha256}`,
      );
    }
  } finally {
    await mosaic.close();
  }
}
