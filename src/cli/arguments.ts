import { InvalidArgumentError, Option } from 'commander';
import { deviceChoice } from '../contract/device-schemas.ts';
import { sisgThresholds } from '../contract/sisg.ts';
import type { SisgThresholds } from '../core/features/feature-recipe.ts';
import type { UnitFamily } from '../core/catalogue/column-reader.ts';
import type { CutoutGeometry } from '../core/cutout/cutout-recipe.ts';

/** Parsers of option values that more than one command takes; a bad value ends the command with its sentence. */

const UNIT_FAMILIES: readonly UnitFamily[] = ['survey', 'pybdsf'];

/** A number from `least` to `most`. */
export function numberWithin(least: number, most = Infinity): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= least && value <= most) return value;
    throw new InvalidArgumentError(
      most === Infinity ? `give a number from ${least} on` : `give a number from ${least} to ${most}`,
    );
  };
}

/** A probability from 0 to 1. */
export const parseThreshold = numberWithin(0, 1);

/** Collects `--map OUR=THEIRS`, which may be given many times; `parseColumnMap` reads them. */
export const collectMap = (pair: string, before: readonly string[]): readonly string[] => [...before, pair];

export const MAP_OPTION = '--map <OUR=THEIRS>';
export const MAP_HELP = 'column of the catalogue to use for one of ours, as in Maj=a (may be repeated)';

/** Units of columns that name none: `survey` (arcsec, mJy) or `pybdsf` (deg, Jy). */
export function parseUnitFamily(text: string): UnitFamily {
  const family = UNIT_FAMILIES.find((name) => name === text);
  if (family === undefined) throw new InvalidArgumentError(`give ${UNIT_FAMILIES.join(' or ')}`);
  return family;
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('give a whole number, 0 or more');
  return Number(text);
}

/** A whole number from `least` to `most`. */
export function wholeNumberWithin(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`give a whole number from ${least} to ${most}`);
  };
}

/** Seed of random numbers: 32 bits. */
export const parseSeed = wholeNumberWithin(0, 2 ** 32 - 1);

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('give a number above 0');
  return value;
}

export const GEOMETRY_OPTION = '--geometry <kind>';
export const GEOMETRY_HELP =
  "cutouts of the mosaic's own pixels (pixels) or of 192″ resampled to 1.5″ (angular); default: the recipe's";

/** How cutouts are made. */
export function parseGeometry(text: string): CutoutGeometry {
  if (text === 'pixels' || text === 'angular') return text;
  throw new InvalidArgumentError('give pixels or angular');
}

export const SISG_OPTION = '--sisg <maj,isolation,gaussians>';
export const SISG_HELP = "thresholds of the SISG gate, as in 15,45,1 [arcsec, arcsec, count]; default: the recipe's";

/** Thresholds of the SISG gate. */
export function parseSisg(text: string): SisgThresholds {
  const [majBelowArcsec, isolationArcsec, largestGaussianCount] = text.split(',').map(Number);
  const parsed = sisgThresholds.safeParse({ majBelowArcsec, isolationArcsec, largestGaussianCount });
  if (!parsed.success || text.split(',').length !== 3) {
    throw new InvalidArgumentError('give largest Maj, isolation and number of Gaussians, as in 15,45,1');
  }
  return parsed.data;
}

export const DEVICE_OPTION = '--device <name>';
export const DEVICE_HELP = `what runs the network: ${deviceChoice.options.join(', ')}`;

function oneOf<Name extends string>(names: readonly Name[]): (text: string) => Name {
  return (text) => {
    const found = names.find((name) => name === text);
    if (found === undefined) throw new InvalidArgumentError(`give one of ${names.join(', ')}`);
    return found;
  };
}

/** `auto`, or a provider by onnxruntime's name. */
export const parseDevice = oneOf(deviceChoice.options);

/** Those, and the optional TensorFlow, which trains and does not classify. */
const TRAINING_DEVICES = [...deviceChoice.options, 'tensorflow'] as const;
export type TrainingDeviceChoice = (typeof TRAINING_DEVICES)[number];
export const TRAINING_DEVICE_HELP = `what trains the network: ${TRAINING_DEVICES.join(', ')}`;
export const parseTrainingDevice = oneOf(TRAINING_DEVICES);

/** Which rows a list has. */
export const rowsOption = (): Option =>
  new Option('--rows <which>', 'rows of the list').choices(['all', 'flagged']).default('all');

/** Under which names the columns are written that Lobate adds. */
export const columnNamesOption = (): Option =>
  new Option('--columns <names>', "names of the added columns: Lobate's, or the paper's (mc_probability_multi, …)")
    .choices(['lobate', 'paper'])
    .default('lobate');
