/**
 * HCOMPRESS_1: the H-transform of a plane, its coefficients bit plane by bit plane in quadtrees (FITS standard 4.0
 * §10.4.4; White, Postman & Lattanzi 1992). This file reads the coefficients; the transform is undone in
 * `inverse-h-transform.ts`. Doubles hold them exactly: 32-bit pixels grow by one bit per level of the transform.
 */
import type { TileCodec } from './codec.ts';
import { BrokenTile, endsTooEarly } from './codec.ts';
import { invertHTransform } from './inverse-h-transform.ts';

const HEADER_BYTES = 25;
const MAGIC = 0xdd99;
/** The format code of a bit plane that is a quadtree, and of one written as it is. */
const QUADTREE = 0xf;
const DIRECT = 0;
/** Doubles have no more bits than that. */
const MAXIMUM_BIT_PLANES = 52;

export const decodeHcompress: TileCodec = (bytes, request) => {
  if (bytes.length < HEADER_BYTES) throw endsTooEarly();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint16(0) !== MAGIC) throw new BrokenTile('it does not begin as HCOMPRESS');
  const rows = view.getInt32(2);
  const columns = view.getInt32(6);
  const scale = view.getInt32(10);
  const sum = Number(view.getBigInt64(14));
  if (rows * columns !== request.pixelCount || rows < 1 || columns < 1) {
    throw new BrokenTile(`it is ${columns} × ${rows} pixels, not ${request.widthPix} × ${request.heightPix}`);
  }
  const [sums, slopes, curvatures] = [view.getUint8(22), view.getUint8(23), view.getUint8(24)];
  if (Math.max(sums, slopes, curvatures) > MAXIMUM_BIT_PLANES) throw new BrokenTile('it has too many bit planes');

  const coefficients = new Float64Array(request.pixelCount);
  const bits = new BitReader(bytes, HEADER_BYTES);
  const [upperRows, leftColumns] = [(rows + 1) >> 1, (columns + 1) >> 1];
  const [lowerRows, rightColumns] = [rows >> 1, columns >> 1];
  const lower = columns * upperRows;
  const quadrant = { coefficients, rowLength: columns, bits };
  readQuadrant({ ...quadrant, start: 0, rows: upperRows, columns: leftColumns, planes: sums });
  readQuadrant({ ...quadrant, start: leftColumns, rows: upperRows, columns: rightColumns, planes: slopes });
  readQuadrant({ ...quadrant, start: lower, rows: lowerRows, columns: leftColumns, planes: slopes });
  readQuadrant({ ...quadrant, start: lower + leftColumns, rows: lowerRows, columns: rightColumns, planes: curvatures });
  if (bits.take(4) !== 0) throw new BrokenTile('its bit planes do not end where they should');
  bits.skipToByte();
  for (let i = 0; i < coefficients.length; i++) {
    if (coefficients[i] !== 0 && bits.take(1) === 1) coefficients[i] = -coefficients[i]!;
  }
  if (bits.isBeyondEnd) throw endsTooEarly();
  coefficients[0] = sum;
  if (scale > 1) for (let i = 0; i < coefficients.length; i++) coefficients[i] = coefficients[i]! * scale;
  const isSmoothed = (request.parameter('SMOOTH') ?? 0) !== 0;
  invertHTransform(coefficients, rows, columns, isSmoothed ? scale : 0);
  // Sums may pass the edge of a 32-bit integer only in broken data; there they wrap.
  return Int32Array.from(coefficients);
};

/** Bits from the highest down. Beyond the end there are zeros, and the reader remembers it. */
class BitReader {
  readonly #bytes: Uint8Array;
  #at: number;
  #held = 0;
  #heldBits = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get isBeyondEnd(): boolean {
    return this.#at > this.#bytes.length;
  }

  /** `count` ≤ 8 bits as a number. */
  take(count: number): number {
    if (this.#heldBits < count) {
      this.#held = ((this.#held & 0xff) << 8) | (this.#bytes[this.#at] ?? 0);
      this.#at++;
      this.#heldBits += 8;
    }
    this.#heldBits -= count;
    return (this.#held >> this.#heldBits) & ((1 << count) - 1);
  }

  skipToByte(): void {
    this.#heldBits = 0;
  }
}

interface Quadrant {
  readonly coefficients: Float64Array;
  readonly rowLength: number;
  readonly bits: BitReader;
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
  readonly planes: number;
}

function readQuadrant(quadrant: Quadrant): void {
  const { bits, rows, columns, planes } = quadrant;
  const codeRows = (rows + 1) >> 1;
  const codeColumns = (columns + 1) >> 1;
  const codes = new Uint8Array(codeRows * codeColumns);
  for (let plane = planes - 1; plane >= 0; plane--) {
    const format = bits.take(4);
    if (format === DIRECT) for (let i = 0; i < codes.length; i++) codes[i] = bits.take(4);
    else if (format === QUADTREE) readQuadtree(bits, codes, rows, columns);
    else throw new BrokenTile(`a bit plane has the format code ${format}`);
    if (bits.isBeyondEnd) throw endsTooEarly();
    insertPlane(quadrant, codes, codeColumns, 2 ** plane);
  }
}

/** Reads the tree of one bit plane down to its last codes, each of which stands for 2 × 2 coefficients. */
function readQuadtree(bits: BitReader, codes: Uint8Array, rows: number, columns: number): void {
  // Sizes of the levels, the finest (one code per 2 × 2 coefficients) first.
  const levels: [number, number][] = [];
  for (let [r, c] = [rows, columns]; r > 1 || c > 1;) {
    [r, c] = [(r + 1) >> 1, (c + 1) >> 1];
    levels.push([r, c]);
  }
  if (codes.length > 0) codes[0] = takeHuffman(bits);
  else takeHuffman(bits);
  for (let level = levels.length - 2; level >= 0; level--) expand(bits, codes, levels[level]!, levels[level + 1]![1]);
}

/** One level down, in place: each bit of a code says whether the finer code below it is 0 or has to be read. */
function expand(bits: BitReader, codes: Uint8Array, [rows, columns]: [number, number], coarseColumns: number): void {
  // From the end, where a finer code never overwrites a coarse one that is still to come.
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      const coarse = codes[(row >> 1) * coarseColumns + (column >> 1)]!;
      const isSet = (coarse >> (3 - 2 * (row & 1) - (column & 1))) & 1;
      codes[row * columns + column] = isSet === 0 ? 0 : takeHuffman(bits);
    }
  }
}

function insertPlane(quadrant: Quadrant, codes: Uint8Array, codeColumns: number, value: number): void {
  const { coefficients, rowLength, start, rows, columns } = quadrant;
  for (let row = 0; row < rows; row++) {
    const codeRow = (row >> 1) * codeColumns;
    const rowShift = 3 - 2 * (row & 1);
    const at = start + row * rowLength;
    for (let column = 0; column < columns; column++) {
      const code = codes[codeRow + (column >> 1)]!;
      if (((code >> (rowShift - (column & 1))) & 1) === 1)
        coefficients[at + column] = coefficients[at + column]! + value;
    }
  }
}

/** The fixed Huffman code of the format: 3 to 6 bits for 0 … 15. */
const CODES_OF_FOUR_BITS: Readonly<Record<number, number>> = { 8: 3, 9: 5, 10: 10, 11: 12, 12: 15 };
const CODES_OF_FIVE_BITS: Readonly<Record<number, number>> = { 26: 6, 27: 7, 28: 9, 29: 11, 30: 13 };

function takeHuffman(bits: BitReader): number {
  let code = bits.take(3);
  if (code < 4) return 1 << code;
  code = (code << 1) | bits.take(1);
  if (code < 13) return CODES_OF_FOUR_BITS[code]!;
  code = (code << 1) | bits.take(1);
  if (code < 31) return CODES_OF_FIVE_BITS[code]!;
  return bits.take(1) === 0 ? 0 : 14;
}
