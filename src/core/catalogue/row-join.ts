import { separationArcsec } from '../sky/separation.ts';
import type { JoinReport } from './join-report.ts';
import type { Positions } from './position-join.ts';
import { nearestRows, SAME_POSITION_ARCSEC } from './position-join.ts';

/** Rows by name, and by place where that is known. */
export interface PlacedRows {
  readonly name: readonly string[];
  readonly positions: Positions | undefined;
}

/**
 * Two catalogues may call different sources `12`: a name counts only where the rows lie at one place, too. A third of
 * LoTSS' beam, as two versions of a catalogue may place a source a little differently.
 */
const SAME_NAME_ARCSEC = 2;

/** For each row of a catalogue the row of another that is the same source. */
export interface RowJoin {
  /** −1 where there is none. */
  readonly theirRow: Int32Array;
  readonly byName: number;
  readonly byPosition: number;
}

/**
 * Finds the sources of one catalogue in another: by name, then, those that are left on both sides, by position to 0.1″.
 * Of rows that share a name the nearest is taken, the first where no positions are known; no row is taken twice.
 */
export function joinRows(own: PlacedRows, their: PlacedRows): RowJoin {
  const rowsOf = new Map<string, number[]>();
  their.name.forEach((name, row) => {
    const key = name.trim();
    const rows = rowsOf.get(key);
    if (rows === undefined) rowsOf.set(key, [row]);
    else rows.push(row);
  });
  const isTaken = new Uint8Array(their.name.length);
  const apart = distanceBetween(own.positions, their.positions);
  let byName = 0;
  const theirRow = Int32Array.from(own.name, (name, row) => {
    const free = (rowsOf.get(name.trim()) ?? []).filter((other) => isTaken[other] === 0);
    const near = free.map((other) => apart(row, other));
    const least = Math.min(...near);
    if (!(least <= SAME_NAME_ARCSEC)) return -1;
    const found = free[near.indexOf(least)]!;
    isTaken[found] = 1;
    byName++;
    return found;
  });
  return { theirRow, byName, byPosition: joinByPosition(own.positions, their.positions, theirRow, isTaken) };
}

/** Fills the rows that have none yet. @returns how many it found */
function joinByPosition(
  own: Positions | undefined,
  their: Positions | undefined,
  theirRow: Int32Array,
  isTaken: Uint8Array,
): number {
  if (own === undefined || their === undefined || !theirRow.includes(-1)) return 0;
  const nearest = nearestRows(
    own,
    their,
    () => SAME_POSITION_ARCSEC,
    (row) => theirRow[row] === -1,
  );
  let found = 0;
  nearest.forEach((other, row) => {
    if (other < 0 || theirRow[row] !== -1 || isTaken[other] === 1) return;
    theirRow[row] = other;
    isTaken[other] = 1;
    found++;
  });
  return found;
}

/** Separation [arcsec] of a row of either; 0 where one of them has no positions, so that the name alone decides. */
function distanceBetween(
  own: Positions | undefined,
  their: Positions | undefined,
): (row: number, other: number) => number {
  if (own === undefined || their === undefined) return () => 0;
  return (row, other) => separationArcsec(own.raDeg[row]!, own.decDeg[row]!, their.raDeg[other]!, their.decDeg[other]!);
}

/** What a join found, for the astronomer. */
export function joinReportOf(
  { byName, byPosition }: RowJoin,
  own: PlacedRows,
  their: PlacedRows,
  path: string,
): JoinReport {
  return {
    what: 'scores',
    path,
    fileRows: their.name.length,
    joinedRows: byName + byPosition,
    sourcesByName: byName,
    sourcesById: 0,
    sourcesByPosition: byPosition,
    sourcesWithout: own.name.length - byName - byPosition,
  };
}

/** Values of the other catalogue's rows, in the order of this one's, `missing` where a source is not in it; fills and returns `into`. */
export function joinedValues<Into extends Float64Array | Uint8Array>(
  theirRow: Int32Array,
  values: ArrayLike<number>,
  into: Into,
  missing: number,
): Into {
  theirRow.forEach((row, own) => {
    into[own] = row < 0 ? missing : values[row]!;
  });
  return into;
}
