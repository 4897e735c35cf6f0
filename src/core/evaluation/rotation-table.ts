import type { SourceCatalogue } from '../catalogue/catalogue.ts';
import type { Column, Table, TableEntry } from '../table/table.ts';
import type { RotatedSource, Spread } from './rotation-spread.ts';
import { spreadOf, spreadOfAll } from './rotation-spread.ts';

/** Number of random orientations, as an entry of the table. */
export const ANGLES_ENTRY = { name: 'lobate_random_angles', keyword: 'LBANGLES' } as const;

/** What `lobate evaluate` takes from the table again. */
export const ROTATION_COLUMNS = {
  probability: 'mc_probability',
  lowest: 'all_lowest',
  highest: 'all_highest',
  sigma: 'all_sigma',
} as const;

interface RotationTableOptions {
  /** Class MC from this P(MC) on [0..1], for the columns that say whether the class changes. */
  readonly threshold: number;
  readonly angles: number;
  readonly seed: number;
  /** How the table was made. */
  readonly entries: readonly TableEntry[];
}

/**
 * One row per source that was turned: name, position, P(MC) of the picture as it is, and its spread over the exact, the
 * random and all orientations; no columns of random ones where there are none.
 */
export function rotationTable(
  catalogue: Pick<SourceCatalogue, 'name' | 'raDeg' | 'decDeg'>,
  sources: readonly RotatedSource[],
  { threshold, angles, seed, entries }: RotationTableOptions,
): Table {
  const numbers = (name: string, description: string, value: (source: RotatedSource) => number): Column => ({
    name,
    description,
    data: Float64Array.from(sources, value),
    repeat: 1,
  });
  const spreads = (prefix: string, what: string, of: (source: RotatedSource) => Spread): readonly Column[] => {
    const found = sources.map(of);
    const column = (name: string, description: string, value: (spread: Spread) => number): Column => ({
      name: `${prefix}_${name}`,
      description: `${description} over ${what}`,
      data: Float64Array.from(found, value),
      repeat: 1,
    });
    return [
      column('lowest', 'Lowest P(MC)', ({ lowest }) => lowest),
      column('highest', 'Highest P(MC)', ({ highest }) => highest),
      column('sigma', 'Standard deviation of P(MC)', ({ sigma }) => sigma),
      {
        name: `${prefix}_changes_class`,
        description: `1 where the class differs between ${what}`,
        data: Uint8Array.from(found, ({ isMixed }) => (isMixed ? 1 : 0)),
        repeat: 1,
      },
    ];
  };
  return {
    rowCount: sources.length,
    name: 'lobate_rotation',
    columns: [
      {
        name: 'Source_Name',
        data: sources.map(({ row }) => catalogue.name[row]!),
        repeat: 1,
        ucd: 'meta.id;meta.main',
      },
      {
        ...numbers('RA', 'Right ascension, ICRS', ({ row }) => catalogue.raDeg[row]!),
        unit: 'deg',
        ucd: 'pos.eq.ra;meta.main',
      },
      {
        ...numbers('DEC', 'Declination, ICRS', ({ row }) => catalogue.decDeg[row]!),
        unit: 'deg',
        ucd: 'pos.eq.dec;meta.main',
      },
      numbers(ROTATION_COLUMNS.probability, 'P(MC) of the picture as it is', ({ exact }) => exact[0]!),
      ...spreads('exact', 'the 8 exact turns and mirrorings', ({ exact }) => spreadOf(exact, threshold)),
      ...(angles === 0
        ? []
        : spreads('random', `${angles} random orientations`, ({ random }) => spreadOf(random, threshold))),
      ...spreads('all', 'all of these orientations', (source) => spreadOfAll(source, threshold)),
    ],
    entries: [
      ...entries,
      { ...ANGLES_ENTRY, value: angles, description: 'Random orientations of each source' },
      {
        name: 'lobate_rotation_seed',
        keyword: 'LBROTSED',
        value: seed,
        description: 'Seed of the random orientations',
      },
      { name: 'lobate_threshold', keyword: 'LBTHRESH', value: threshold, description: 'Class MC from this P(MC) on' },
    ],
  };
}
