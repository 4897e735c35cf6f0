import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const GREY_8_BIT = Uint8Array.of(8, 0, 0, 0, 0);

/**
 * A grey picture as PNG, 8 bits deep (PNG, third edition, §5 and §11).
 * @param values 0 (black) … 1 (white), row-major, lowest FITS y first: the picture has it at the bottom
 * @param texts keyword → Latin-1 text, kept in the file
 */
export function greyPng(
  values: Float32Array,
  widthPix: number,
  heightPix: number,
  texts: Readonly<Record<string, string>> = {},
): Uint8Array {
  const size = new DataView(new ArrayBuffer(8));
  size.setUint32(0, widthPix);
  size.setUint32(4, heightPix);
  // Each row begins with its filter: 0, none.
  const rows = new Uint8Array(heightPix * (widthPix + 1));
  for (let y = 0; y < heightPix; y++) {
    const from = (heightPix - 1 - y) * widthPix;
    const to = y * (widthPix + 1) + 1;
    for (let x = 0; x < widthPix; x++) rows[to + x] = Math.round(255 * Math.min(1, Math.max(0, values[from + x]!)));
  }
  const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([new Uint8Array(size.buffer), GREY_8_BIT])),
    ...Object.entries(texts).map(([keyword, text]) => chunk('tEXt', latin1(`${keyword}\0${text}`))),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
