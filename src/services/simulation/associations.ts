import { iltName } from '../../core/sky/ilt-name.ts';
import type { Wcs } from '../../core/sky/wcs-types.ts';
import type { Table } from '../../core/table/table.ts';
import type { SkyMeasurement } from './measurement-columns.ts';
import { numberColumn, textColumn } from './measurement-columns.ts';
import type { SimulatedRow } from './simulate-field.ts';

/** A component as the inspectors left it: a catalogue row, or a part of one that was taken apart. */
interface Component {
  readonly name: string;
  readonly physical: number;
  readonly deblendedFrom: string;
  readonly xPix: number;
  readonly yPix: number;
  readonly totalMjy: number;
}

/**
 * The component catalogue, in the form of DR1's `merge_ID…comp`: `Component_Name`, the `Source_Name` of the physical
 * source, and `Deblended_from` for parts of a blended row. Artefacts are left out. A source of one component keeps its
 * name; an association is named from its flux-weighted position.
 *
 * @param placed the catalogue rows with their names, in the order of `rows`
 */
export function componentTable(rows: readonly SimulatedRow[], placed: readonly SkyMeasurement[], wcs: Wcs): Table {
  const components = rows.flatMap((row, i) => componentsOf(row, placed[i]!.name, wcs));
  const members = new Map<number, Component[]>();
  for (const component of components) {
    const others = members.get(component.physical);
    if (others === undefined) members.set(component.physical, [component]);
    else others.push(component);
  }
  const sourceNames = new Map<number, string>();
  for (const [physical, parts] of members) {
    sourceNames.set(physical, parts.length === 1 ? parts[0]!.name : associationName(parts, wcs));
  }
  const skyOf = components.map(({ xPix, yPix }) => wcs.pixelToSky(xPix, yPix)!);
  return {
    rowCount: components.length,
    columns: [
      textColumn(
        'Component_Name',
        24,
        components.map(({ name }) => name),
      ),
      textColumn(
        'Source_Name',
        24,
        components.map(({ physical }) => sourceNames.get(physical)!),
      ),
      textColumn(
        'Deblended_from',
        24,
        components.map(({ deblendedFrom }) => deblendedFrom),
      ),
      numberColumn(
        'RA',
        'deg',
        Float64Array.from(skyOf, ({ ra }) => ra),
      ),
      numberColumn(
        'DEC',
        'deg',
        Float64Array.from(skyOf, ({ dec }) => dec),
      ),
      numberColumn(
        'Total_flux',
        'mJy',
        Float64Array.from(components, ({ totalMjy }) => totalMjy),
      ),
    ],
  };
}

function componentsOf({ source, truth }: SimulatedRow, name: string, wcs: Wcs): Component[] {
  const { dominant, blend } = truth;
  if (dominant === undefined) return [];
  if (blend.length === 0) return [{ name, physical: dominant, deblendedFrom: '', ...source.measurement }];
  return blend.map(({ physical, gaussians }) => {
    const centre = fluxWeightedCentre(gaussians);
    return { name: nameAt(centre.xPix, centre.yPix, wcs), physical, deblendedFrom: name, ...centre };
  });
}

interface Weighted {
  readonly xPix: number;
  readonly yPix: number;
  readonly totalMjy: number;
}

function fluxWeightedCentre(parts: readonly Weighted[]): Weighted {
  const totalMjy = parts.reduce((sum, part) => sum + part.totalMjy, 0);
  const mean = (of: (part: Weighted) => number): number =>
    parts.reduce((sum, part) => sum + part.totalMjy * of(part), 0) / totalMjy;
  return { xPix: mean((part) => part.xPix), yPix: mean((part) => part.yPix), totalMjy };
}

function associationName(parts: readonly Weighted[], wcs: Wcs): string {
  const { xPix, yPix } = fluxWeightedCentre(parts);
  return nameAt(xPix, yPix, wcs);
}

/** The ILT name of a pixel; every pixel of a field is on the sky. */
export function nameAt(xPix: number, yPix: number, wcs: Wcs): string {
  const { ra, dec } = wcs.pixelToSky(xPix, yPix)!;
  return iltName(ra, dec);
}
