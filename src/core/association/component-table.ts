import type { SourceCatalogue } from '../catalogue/catalogue.ts';
import { iltName } from '../sky/ilt-name.ts';
import type { Column, Table } from '../table/table.ts';
import type { Candidate } from './candidate.ts';

/**
 * Name of an association as the LoTSS catalogues give it: `ILTJ` of the Total_flux-weighted mean position of its rows.
 * Where a flux is missing or not positive, all weigh the same. RA is averaged across 0/360 as it lies.
 */
export function associationName(catalogue: SourceCatalogue, rows: readonly number[]): string {
  const fluxes = rows.map((row) => catalogue.totalFluxMjy[row]!);
  const weights = fluxes.every((flux) => flux > 0) ? fluxes : rows.map(() => 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const first = catalogue.raDeg[rows[0]!]!;
  const mean = (value: (row: number) => number): number =>
    rows.reduce((sum, row, k) => sum + weights[k]! * value(row), 0) / total;
  const offset = mean((row) => ((catalogue.raDeg[row]! - first + 540) % 360) - 180);
  return iltName(
    (((first + offset) % 360) + 360) % 360,
    mean((row) => catalogue.decDeg[row]!),
  );
}

/** Physical source of every row that is in a candidate. */
export function parentNames(catalogue: SourceCatalogue, candidates: Iterable<Candidate>): Map<number, string> {
  const parents = new Map<number, string>();
  for (const { rows } of candidates) {
    const name = associationName(catalogue, rows);
    for (const row of rows) parents.set(row, name);
  }
  return parents;
}

/**
 * Candidates in the layout of the LoTSS component catalogues, one row per component. The physical source stands twice:
 * DR1's readers look for `Source_Name`, DR2's for `Parent_Source`. `Assoc` is the number of components.
 */
export function componentTable(catalogue: SourceCatalogue, candidates: readonly Candidate[]): Table {
  const lines = candidates.flatMap((candidate) => {
    const parent = associationName(catalogue, candidate.rows);
    return candidate.rows.map((row) => ({ row, parent, candidate }));
  });
  const texts = (name: string, value: (line: (typeof lines)[number]) => string): Column => ({
    name,
    data: lines.map(value),
    repeat: 1,
  });
  const numbers = (
    name: string,
    unit: string | undefined,
    value: (line: (typeof lines)[number]) => number,
  ): Column => ({
    name,
    unit,
    data: Float64Array.from(lines, value),
    repeat: 1,
  });
  const columns = [
    texts('Component_Name', ({ row }) => catalogue.name[row]!),
    texts('Source_Name', ({ parent }) => parent),
    texts('Parent_Source', ({ parent }) => parent),
    numbers('Assoc', undefined, ({ candidate }) => candidate.rows.length),
    numbers('RA', 'deg', ({ row }) => catalogue.raDeg[row]!),
    numbers('DEC', 'deg', ({ row }) => catalogue.decDeg[row]!),
    numbers('Total_flux', 'mJy', ({ row }) => catalogue.totalFluxMjy[row]!),
    numbers('Peak_flux', 'mJy/beam', ({ row }) => catalogue.peakFluxMjyPerBeam[row]!),
    numbers('Maj', 'arcsec', ({ row }) => catalogue.majArcsec[row]!),
    numbers('Min', 'arcsec', ({ row }) => catalogue.minArcsec[row]!),
    numbers('PA', 'deg', ({ row }) => catalogue.paDeg[row]!),
    texts('S_Code', ({ row }) => catalogue.sCode[row]!),
    texts('candidate_by', ({ candidate }) => candidate.labeller),
    texts('candidate_time', ({ candidate }) => candidate.madeAt),
  ];
  return { rowCount: lines.length, columns, name: 'ASSOCIATION CANDIDATES' };
}
