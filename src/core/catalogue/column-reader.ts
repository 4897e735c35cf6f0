import { DomainFailure } from '../result/failure.ts';
import { stringsOf } from '../fits/stored-texts.ts';
import type { Column, Table } from '../table/table.ts';
import { findColumn, numbersOf, textsOf } from '../table/table.ts';
import type { CatalogueColumn, ColumnDefinition } from './catalogue-columns.ts';
import { CATALOGUE_COLUMNS } from './catalogue-columns.ts';
import type { CatalogueNotice } from './catalogue.ts';
import type { ColumnMap } from './column-map.ts';
import { columnTitle } from './column-map.ts';
import type { DialectDefinition } from './finder-dialects.ts';
import { finderDialectOf } from './finder-dialects.ts';
import { countRepeated, countRepeatedStored } from './repeated-texts.ts';
import type { QuantityKind } from './unit-conversion.ts';
import { conversionFactor } from './unit-conversion.ts';

/**
 * Units of columns that name none: `survey` as LoTSS publishes (arcsec, mJy), `pybdsf` as the source finder writes
 * (deg, Jy). Positions and angles are degrees in both.
 */
export type UnitFamily = 'survey' | 'pybdsf';

const FAMILY_UNITS: Readonly<Record<UnitFamily, Readonly<Record<QuantityKind, string>>>> = {
  survey: {
    'position/deg': 'deg',
    'angle/deg': 'deg',
    'size/arcsec': 'arcsec',
    'flux/mJy': 'mJy',
    'brightness/mJy per beam': 'mJy/beam',
  },
  pybdsf: {
    'position/deg': 'deg',
    'angle/deg': 'deg',
    'size/arcsec': 'deg',
    'flux/mJy': 'Jy',
    'brightness/mJy per beam': 'Jy/beam',
  },
};

/** Distances of optical matches are arcseconds in every table known, also beside PyBDSF's degrees. */
const ALWAYS_ARCSEC: readonly CatalogueColumn[] = ['lrDist', 'gaussianLrDist'];

/** Kinds whose unit can be mistaken where the table names none; positions and angles are degrees everywhere. */
const WORTH_SAYING: ReadonlySet<QuantityKind> = new Set(['size/arcsec', 'flux/mJy', 'brightness/mJy per beam']);

/**
 * A median Maj below this is in degrees, above in arcsec. No telescope of this kind has a beam of 0.1″, none one of
 * 0.1° = 360″ that would be searched for components.
 */
const SMALLEST_MEDIAN_MAJ_ARCSEC = 0.1;

/** A column of the table as one of Lobate's. */
export interface FoundColumn {
  readonly column: Column;
  /** `map`: the astronomer says so; `finder`: the source finder's own name; `name`: any accepted name. */
  readonly by: 'map' | 'finder' | 'name';
  /** Unit that the values are taken to be in; '' for numbers and texts without one. */
  readonly unit: string;
  /** Whether the table names no unit, so that `unit` was assumed. */
  readonly isUnitAssumed: boolean;
}

/** Columns of one table, found under any accepted name and converted to Lobate's units. */
export interface ColumnReader {
  /** Converted values, NaN where missing; undefined where the table has no such column. */
  numbers(column: CatalogueColumn): Float64Array | undefined;
  /** As `numbers`; refuses the table where there is none. */
  requiredNumbers(column: CatalogueColumn): Float64Array;
  /** Texts without blanks around them, which Selavy fills them up with; each with `change` made to it. */
  texts(column: CatalogueColumn, change?: (text: string) => string): readonly string[] | undefined;
  /** Whether `texts` has something to give; asking costs nothing. */
  hasTexts(column: CatalogueColumn): boolean;
  /** How many texts are the same as an earlier one; 0 where the table has no such column. */
  countRepeated(column: CatalogueColumn): number;
  has(column: CatalogueColumn): boolean;
  /** The column of the table that `numbers` and `texts` take, and how it is read. */
  found(column: CatalogueColumn): FoundColumn | undefined;
  /** The source finder whose names and units were used; undefined for LoTSS and PyBDSF. */
  readonly finder: DialectDefinition | undefined;
  /** What had to be guessed so far. */
  notices(): readonly CatalogueNotice[];
}

function medianOf(values: Float64Array): number {
  const finite = values.filter(Number.isFinite).sort();
  return finite[Math.floor(finite.length / 2)] ?? Number.NaN;
}

/** How the columns of a table are to be found and read, beyond what its names and units say. */
export interface ReadingOptions {
  /** Units of columns that name none; inferred from the values, with a notice, where absent. */
  readonly units?: UnitFamily | undefined;
  /** Columns of the file that the astronomer names himself. */
  readonly columnMap?: ColumnMap | undefined;
}

type FindColumn = (column: CatalogueColumn) => Pick<FoundColumn, 'column' | 'by'> | undefined;

/** Finds columns: as the astronomer maps them, else under the source finder's names, else under any accepted one. */
function columnFinder(table: Table, dialect: DialectDefinition | undefined, map: ColumnMap): FindColumn {
  return (column) => {
    const mapped = map[column];
    const definition: ColumnDefinition = CATALOGUE_COLUMNS[column];
    const names: readonly (readonly [string, FoundColumn['by']])[] =
      mapped !== undefined
        ? [[mapped, 'map']]
        : [
            ...(dialect?.names[column] ?? []).map((name) => [name, 'finder'] as const),
            ...definition.accepted.map((name) => [name, 'name'] as const),
          ];
    for (const [name, by] of names) {
      const found = findColumn(table, name);
      if (found !== undefined) return { column: found, by };
    }
    return undefined;
  };
}

/** @throws DomainFailure catalogue-column-missing for a mapped name that the table does not have */
export function refuseMissingColumns(table: Table, path: string, map: ColumnMap): void {
  for (const column of Object.values(map)) {
    if (findColumn(table, column) === undefined) {
      throw new DomainFailure({ kind: 'catalogue-column-missing', path, column, found: namesOf(table) });
    }
  }
}

/** The options for a file beside the catalogue: what was mapped for the catalogue holds there where it has such names. */
export function mappedOnlyWherePresent(table: Table, options: ReadingOptions): ReadingOptions {
  const present = Object.entries(options.columnMap ?? {}).filter(([, name]) => findColumn(table, name) !== undefined);
  return { ...options, columnMap: Object.fromEntries(present) };
}

const namesOf = (table: Table): string => table.columns.map(({ name }) => name).join(', ');

/** Which family the columns without a unit belong to: said by the sizes' own unit, else by their values. */
function unitFamilyOf(maj: Column | undefined): UnitFamily {
  if (maj === undefined) return 'survey';
  if (maj.unit !== undefined && maj.unit.trim() !== '') {
    return conversionFactor(maj.unit, 'size/arcsec') === 3600 ? 'pybdsf' : 'survey';
  }
  const values = numbersOf(maj);
  return values !== undefined && medianOf(values) < SMALLEST_MEDIAN_MAJ_ARCSEC ? 'pybdsf' : 'survey';
}

/**
 * @param path for messages
 * @throws DomainFailure catalogue-column-missing, catalogue-column-not-numeric, catalogue-unit-unknown
 */
export function columnReader(table: Table, path: string, options: ReadingOptions = {}): ColumnReader {
  const { units: family, columnMap = {} } = options;
  const dialect = finderDialectOf(table);
  const finder = columnFinder(table, dialect, columnMap);
  const find = (column: CatalogueColumn): Column | undefined => finder(column)?.column;
  const assumed = family ?? unitFamilyOf(find('maj'));
  const withoutUnit: string[] = [];

  function unitOf(found: Column, column: CatalogueColumn): Pick<FoundColumn, 'unit' | 'isUnitAssumed'> {
    const { kind }: ColumnDefinition = CATALOGUE_COLUMNS[column];
    if (kind === 'number' || kind === 'text') return { unit: '', isUnitAssumed: false };
    if (found.unit !== undefined && found.unit.trim() !== '') return { unit: found.unit, isUnitAssumed: false };
    if (ALWAYS_ARCSEC.includes(column)) return { unit: 'arcsec', isUnitAssumed: true };
    const unit = (family === undefined ? dialect?.units[column] : undefined) ?? FAMILY_UNITS[assumed][kind];
    return { unit, isUnitAssumed: true };
  }

  function numbers(column: CatalogueColumn): Float64Array | undefined {
    const found = find(column);
    if (found === undefined) return undefined;
    const values = asNumbers(found);
    if (values === undefined) {
      throw new DomainFailure({ kind: 'catalogue-column-not-numeric', path, column: found.name });
    }
    const { kind }: ColumnDefinition = CATALOGUE_COLUMNS[column];
    if (kind === 'number' || kind === 'text') return values;
    const { unit, isUnitAssumed } = unitOf(found, column);
    if (isUnitAssumed && WORTH_SAYING.has(kind) && !ALWAYS_ARCSEC.includes(column)) {
      withoutUnit.push(`${found.name} as ${unit}`);
    }
    const factor = conversionFactor(unit, kind);
    if (factor === undefined) {
      throw new DomainFailure({ kind: 'catalogue-unit-unknown', path, column: found.name, unit });
    }
    return factor === 1 ? values : values.map((value) => value * factor);
  }

  return {
    numbers,
    requiredNumbers: (column) => {
      const values = numbers(column);
      if (values !== undefined) return values;
      throw new DomainFailure({
        kind: 'catalogue-column-missing',
        path,
        column: columnTitle(column),
        found: namesOf(table),
      });
    },
    texts: (column, change = (text) => text) => {
      const found = find(column);
      const changed = (text: string): string => change(text.trim());
      if (found?.storedTexts !== undefined && found.repeat === 1) {
        // Codes repeat: each different one is changed once or a few times.
        return stringsOf(found.storedTexts, table.rowCount, changed);
      }
      return found === undefined ? undefined : textsOf(found)?.map(changed);
    },
    hasTexts: (column) => find(column)?.repeat === 1,
    countRepeated: (column) => {
      const found = find(column);
      if (found?.storedTexts !== undefined && found.repeat === 1) return countRepeatedStored(found.storedTexts);
      return countRepeated((found === undefined ? undefined : textsOf(found)) ?? []);
    },
    has: (column) => find(column) !== undefined,
    found: (column) => {
      const found = finder(column);
      return found === undefined ? undefined : { ...found, ...unitOf(found.column, column) };
    },
    finder: dialect,
    notices: () => {
      if (withoutUnit.length === 0 || family !== undefined) return [];
      const by = dialect === undefined ? 'by their values' : `as ${dialect.title} writes them`;
      const level = dialect === undefined ? 'warning' : 'info';
      return [{ level, message: `Columns without a unit were read ${by}: ${withoutUnit.join(', ')}.` }];
    },
  };
}

/** As `numbersOf`, with true and false as 1 and 0. */
export function asNumbers(column: Column): Float64Array | undefined {
  const { data } = column;
  if (
    column.repeat === 1 &&
    Array.isArray(data) &&
    data.every((value) => value === undefined || typeof value === 'boolean')
  ) {
    return Float64Array.from(data, (value) => (value === undefined ? Number.NaN : Number(value)));
  }
  return numbersOf(column);
}
