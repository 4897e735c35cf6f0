import type { Command } from 'commander';
import { DomainFailure } from '../../core/result/failure.ts';
import type { CutoutGeometry } from '../../core/cutout/cutout-recipe.ts';
import { withGeometry } from '../../core/network/geometry.ts';
import type { SkyPosition } from '../../core/sky/position.ts';
import { degrees } from '../../core/units/quantities.ts';
import { sourceFitsBytes } from '../../services/export/cutout-fits.ts';
import { npyBytes, tensorSha256 } from '../../services/export/npy.ts';
import { greyPng } from '../../services/export/png.ts';
import { writeAtomically } from '../../services/fits-files/atomic-write.ts';
import type { Mosaic } from '../../services/fits-files/mosaic.ts';
import { openMosaic } from '../../services/fits-files/mosaic.ts';
import type { SourceCutout } from '../../services/inference/source-cutout.ts';
import { cutoutOf } from '../../services/inference/source-cutout.ts';
import { readRecipe } from '../../services/model-store/read-recipe.ts';
import { GEOMETRY_HELP, GEOMETRY_OPTION, parseGeometry } from '../arguments.ts';
import type { CommandIo } from '../io.ts';
import { softwareVersion } from '../version.ts';

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
    .description(
      'write what lies at a position: the tensor of the network (.npy), the 256 × 256 window (.fits), or its first channel (.png)',
    )
    .requiredOption('--mosaic <file>', 'FITS mosaic')
    .requiredOption('--ra <degrees>', 'right ascension [deg, ICRS]')
    .requiredOption('--dec <degrees>', 'declination [deg, ICRS]')
    .option('--recipe <name>', 'a recipe of `lobate recipe`, or a .json file of one', 'compact')
    .option(GEOMETRY_OPTION, GEOMETRY_HELP, parseGeometry)
    .requiredOption('--out <file>', '.npy, .fits or .png file to write')
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
  if (!/\.(?:npy|fits|png)$/i.test(options.out)) {
    throw new DomainFailure({
      kind: 'argument-invalid',
      name: '--out',
      why: 'the file must end in .npy, .fits or .png',
    });
  }
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
    await writeAtomically(options.out, await contentOf(options.out, made, mosaic, position));
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

/** A FITS cutout holds the mosaic's own pixels, whatever the recipe's geometry; tensor and picture are what is seen. */
async function contentOf(
  out: string,
  { cutout }: SourceCutout,
  mosaic: Mosaic,
  position: SkyPosition,
): Promise<Uint8Array> {
  if (/\.npy$/i.test(out)) return npyBytes(cutout.channels, [cutout.channelCount, cutout.sidePix, cutout.sidePix]);
  if (/\.fits$/i.test(out)) {
    return sourceFitsBytes(mosaic, position, 2 * cutout.sidePix, `Lobate ${softwareVersion()}`);
  }
  const first = cutout.channels.subarray(0, cutout.sidePix ** 2);
  const place = `RA ${position.ra.toFixed(6)}, Dec ${position.dec.toFixed(6)} (ICRS)`;
  return greyPng(first, cutout.sidePix, cutout.sidePix, { Title: `${mosaic.name}, ${place}`, Software: 'Lobate' });
}
