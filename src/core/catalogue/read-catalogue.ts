import { DomainFailure } from '../result/failure.ts';
import { iltName } from '../sky/ilt-name.ts';
import type { Table } from '../table/table.ts';
import { countText } from '../units/count-text.ts';
import type {
  CatalogueDialect,
  CatalogueNotice,
  GaussianSummary,
  LikelihoodRatios,
  SourceCatalogue,
} from './catalogue.ts';
import type { CatalogueColumn } from './catalogue-columns.ts';
import { galacticToIcrs } from '../sky/galactic.ts';
import type { ColumnReader, ReadingOptions } from './column-reader.ts';
import { columnReader, refuseMissingColumns } from './column-reader.ts';
import { unitTraps } from './unit-traps.ts';
import { cleanLikelihood } from './likelihood.ts';

/** How the columns of a catalogue are to be read, beyond what the file says. */
export type CatalogueOptions = ReadingOptions;

const FULL_CIRCLE_DEG = 360;

function dialectOf(reader: ColumnReader): CatalogueDialect {
  if (reader.finder !== undefined) return reader.finder.id;
  if (reader.has('gaussianMaj') || reader.has('gaussianTotalFlux')) return 'feature-table';
  return reader.has('name') || !reader.has('sourceId') ? 'lotss' : 'pybdsf';
}

/** Right ascensions brought to 0 ≤ ra < 360; values that no convention explains are refused, NaN is kept. */
function normalisedRa(raDeg: Float64Array, path: string): Float64Array {
  refuseOutside(raDeg, -180, FULL_CIRCLE_DEG, 'RA', '-180 … 360 deg', path);
  if (!raDeg.some((ra) => ra < 0 || ra >= FULL_CIRCLE_DEG)) return raDeg;
  return raDeg.map((ra) => (ra < 0 ? (ra + FULL_CIRCLE_DEG) % FULL_CIRCLE_DEG : ra % FULL_CIRCLE_DEG));
}

function refuseOutside(
  values: Float64Array,
  low: number,
  high: number,
  column: string,
  range: string,
  path: string,
): void {
  let row = 0;
  while (row < values.length && !(values[row]! < low || values[row]! > high)) row++;
  if (row === values.length) return;
  throw new DomainFailure({
    kind: 'catalogue-value-out-of-range',
    path,
    column,
    row: row + 1,
    value: values[row]!,
    range,
  });
}

const unknownNumbers = (rowCount: number): Float64Array => new Float64Array(rowCount).fill(Number.NaN);

function ownGaussianOf(reader: ColumnReader, rowCount: number): GaussianSummary | undefined {
  const columns: readonly CatalogueColumn[] = ['gaussianCount', 'gaussianMaj', 'gaussianMin', 'gaussianTotalFlux'];
  if (!columns.some((column) => reader.has(column))) return undefined;
  const numbers = (column: CatalogueColumn): Float64Array => reader.numbers(column) ?? unknownNumbers(rowCount);
  const likelihood = cleanLikelihood(numbers('gaussianLr'), reader.numbers('gaussianLrDist'));
  return {
    count: numbers('gaussianCount').map((count) => (count >= 1 ? count : Number.NaN)),
    majArcsec: numbers('gaussianMaj'),
    minArcsec: numbers('gaussianMin'),
    totalFluxMjy: numbers('gaussianTotalFlux'),
    lr: likelihood.lr,
    lrDistArcsec: likelihood.lrDistArcsec,
    imputed: new Uint8Array(rowCount),
  };
}

function ownLikelihoodOf(reader: ColumnReader): LikelihoodRatios | undefined {
  const lr = reader.numbers('lr');
  return lr === undefined ? undefined : cleanLikelihood(lr, reader.numbers('lrDist'));
}

/**
 * Understands a table as a source catalogue: LoTSS DR1 or DR2 `srl`, raw PyBDSF `srl`, or a feature table.
 *
 * Every quantity is converted to Lobate's units by the unit that its column names. Single rows with unusable values
 * stay (their features say why they cannot be classified); what is wrong with the whole table refuses it.
 *
 * @param path for messages
 * @throws DomainFailure catalogue-empty, catalogue-column-missing, catalogue-column-not-numeric,
 *   catalogue-unit-unknown, catalogue-value-out-of-range
 */
export function toSourceCatalogue(table: Table, path: string, options: CatalogueOptions = {}): SourceCatalogue {
  const steps = catalogueSteps(table, path, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** `toSourceCatalogue` a few columns at a time: of millions of rows each takes a while. */
export function* catalogueSteps(
  table: Table,
  path: string,
  options: CatalogueOptions = {},
): Generator<undefined, SourceCatalogue, void> {
  refuseMissingColumns(table, path, options.columnMap ?? {});
  refuseOtherFrames(table, path);
  const reader = columnReader(table, path, options);
  const positions = positionsOf(reader);
  const raDeg = normalisedRa(positions.raDeg, path);
  const { decDeg } = positions;
  refuseOutside(decDeg, -90, 90, 'DEC', '-90 … 90 deg', path);
  yield;
  const { rowCount } = table;
  const hasOwnNames = reader.hasTexts('name');
  const largeOptical = reader.numbers('largeOptical');
  const noTexts = (): readonly string[] => new Array<string>(rowCount).fill('');
  const sizes = { majArcsec: reader.requiredNumbers('maj'), minArcsec: reader.requiredNumbers('min') };
  yield;
  const sCode = reader.texts('sCode', (code) => code.toUpperCase()) ?? noTexts();
  yield;
  const mosaicId = reader.texts('mosaicId') ?? noTexts();
  yield;

  const catalogue = {
    path,
    dialect: dialectOf(reader),
    rowCount,
    hasOwnNames,
    sourceId: reader.numbers('sourceId'),
    raDeg,
    decDeg,
    ...sizes,
    paDeg: reader.numbers('pa') ?? unknownNumbers(rowCount),
    totalFluxMjy: reader.requiredNumbers('totalFlux'),
    peakFluxMjyPerBeam: reader.requiredNumbers('peakFlux'),
    islandRmsMjyPerBeam: reader.numbers('islandRms') ?? unknownNumbers(rowCount),
    sCode,
    mosaicId,
    largeOptical:
      largeOptical === undefined ? undefined : Uint8Array.from(largeOptical, (value) => (value > 0 ? 1 : 0)),
    ownGaussian: ownGaussianOf(reader, rowCount),
    ownLikelihood: ownLikelihoodOf(reader),
    table,
  };
  if (rowCount === 0) throw new DomainFailure({ kind: 'catalogue-empty', path });
  yield;
  const notices = [...reader.notices(), ...positions.notices, ...unitTraps(catalogue), ...nameNotices(reader)];
  let names: readonly string[] | undefined;
  return {
    ...catalogue,
    // Millions of names take a second and 300 MB: they are made when the first is asked for.
    get name() {
      return (names ??= reader.texts('name') ?? Array.from(raDeg, (ra, row) => nameOf(ra, decDeg[row]!)));
    },
    notices,
  };
}

interface Positions {
  readonly raDeg: Float64Array;
  readonly decDeg: Float64Array;
  readonly notices: readonly CatalogueNotice[];
}

/** RA and DEC; where a catalogue has only galactic positions, these turned. */
function positionsOf(reader: ColumnReader): Positions {
  const isGalactic = !reader.has('ra') && !reader.has('dec') && reader.has('galacticLongitude');
  if (!isGalactic) {
    return { raDeg: reader.requiredNumbers('ra'), decDeg: reader.requiredNumbers('dec'), notices: [] };
  }
  const longitude = reader.requiredNumbers('galacticLongitude');
  const latitude = reader.requiredNumbers('galacticLatitude');
  const turned = Array.from(longitude, (lon, row) => galacticToIcrs(lon, latitude[row]!));
  return {
    raDeg: Float64Array.from(turned, ({ raDeg }) => raDeg),
    decDeg: Float64Array.from(turned, ({ decDeg }) => decDeg),
    notices: [
      { level: 'info', message: 'The catalogue has no RA and DEC; they were computed from its galactic positions.' },
    ],
  };
}

/** Positions of another equinox would be some arcminutes off: they are refused, not misplaced. */
function refuseOtherFrames({ skyFrame }: Table, path: string): void {
  if (
    skyFrame === undefined ||
    /^(?:|ICRS.*|FK5(?: J?2000(?:\.0*)?)?|J?2000(?:\.0*)?|GALACTIC.*|BARYCENTRIC)$/.test(skyFrame)
  )
    return;
  const why = `its positions are in the frame ${skyFrame}; convert them to ICRS`;
  throw new DomainFailure({ kind: 'file-unreadable', path, why });
}

function nameOf(raDeg: number, decDeg: number): string {
  return Number.isFinite(raDeg) && Number.isFinite(decDeg) ? iltName(raDeg, decDeg) : '';
}

function nameNotices(reader: ColumnReader): readonly CatalogueNotice[] {
  if (!reader.hasTexts('name'))
    return [{ level: 'info', message: 'The catalogue has no Source_Name; names were made from the positions.' }];
  const repeated = reader.countRepeated('name');
  if (repeated === 0) return [];
  return [{ level: 'warning', message: `${countText(repeated)} rows share their Source_Name with an earlier row.` }];
}
