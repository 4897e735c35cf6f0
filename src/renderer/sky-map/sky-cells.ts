/** Height of a declination band, and width of a cell on the sky [deg]: a close view meets about ten bands. */
const CELL_DEG = 0.125;
const BANDS = 180 / CELL_DEG;
/** Cells per band; the same in all, so that a cell's number is band · this + cell. */
const CELLS_PER_BAND = 360 / CELL_DEG;
/** More rows than a catalogue can have; cell numbers times this stay exact. */
const ROW_LIMIT = 2 ** 31;

/** Places from `first` up to, not including, `end`. */
export interface PlaceRange {
  readonly first: number;
  readonly end: number;
}

/**
 * Rows ordered by declination band and, within a band, right ascension: what a view or the pointer needs lies in a few
 * ranges of that order, however many rows there are.
 */
export interface SkyCells {
  /** Rows in the order of the cells. */
  readonly rows: Uint32Array;
  /** Place of each row in that order. */
  readonly placeOf: Uint32Array;
  /** Ranges that hold every row within a radius of a position, and some others. */
  rangesNear(raDeg: number, decDeg: number, radiusDeg: number): PlaceRange[];
}

const clamped = (value: number, highest: number): number => Math.min(highest, Math.max(0, Math.floor(value)));
const bandOf = (decDeg: number): number => clamped((decDeg + 90) / CELL_DEG, BANDS - 1);
const cellOf = (raDeg: number): number => clamped((raDeg / 360) * CELLS_PER_BAND, CELLS_PER_BAND - 1);

/** `raDeg` in 0 … 360. A row without a position goes with those at the origin of the numbering. */
export function buildSkyCells(raDeg: Float64Array, decDeg: Float64Array): SkyCells {
  const count = raDeg.length;
  const keys = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const isPlaced = Number.isFinite(raDeg[row]) && Number.isFinite(decDeg[row]);
    const cell = isPlaced ? bandOf(decDeg[row]!) * CELLS_PER_BAND + cellOf(raDeg[row]!) : 0;
    keys[row] = cell * ROW_LIMIT + row;
  }
  keys.sort();
  const rows = new Uint32Array(count);
  const placeOf = new Uint32Array(count);
  for (let place = 0; place < count; place++) {
    const row = keys[place]! % ROW_LIMIT;
    rows[place] = row;
    placeOf[row] = place;
  }

  /** First place whose cell is not before `cell`. */
  function placeBefore(cell: number): number {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keys[middle]! < cell * ROW_LIMIT) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    rows,
    placeOf,
    rangesNear(centreRa, centreDec, radiusDeg) {
      const ranges: PlaceRange[] = [];
      const add = (band: number, fromCell: number, toCell: number): void => {
        const first = placeBefore(band * CELLS_PER_BAND + fromCell);
        const end = placeBefore(band * CELLS_PER_BAND + toCell + 1);
        const last = ranges.at(-1);
        if (last?.end === first) ranges[ranges.length - 1] = { first: last.first, end };
        else if (end > first) ranges.push({ first, end });
      };
      const [south, north] = [centreDec - radiusDeg, centreDec + radiusDeg];
      const isPolar = south <= -90 || north >= 90;
      // The widest offset in right ascension of a circle: sin Δ = sin r / cos dec.
      const sine = Math.sin((radiusDeg * Math.PI) / 180) / Math.cos((centreDec * Math.PI) / 180);
      const halfWidth = isPolar || radiusDeg >= 90 || sine >= 1 ? 180 : (Math.asin(sine) * 180) / Math.PI;
      for (let band = bandOf(south); band <= bandOf(north); band++) {
        const [west, east] = [centreRa - halfWidth, centreRa + halfWidth];
        if (halfWidth >= 180) {
          add(band, 0, CELLS_PER_BAND - 1);
          continue;
        }
        if (east >= 360) add(band, 0, cellOf(east - 360));
        add(band, cellOf(west), cellOf(east));
        if (west < 0) add(band, cellOf(west + 360), CELLS_PER_BAND - 1);
      }
      return ranges;
    },
  };
}
