const SIGNATURE_AND_HEADER_BYTES = 8 + 25;
const INCH_M = 0.0254;
/** CRC-32 of PNG chunks (ISO 3309), reflected. */
const CRC_POLYNOMIAL = 0xedb88320;

/**
 * A PNG file that says how large it is on paper: a chunk `pHYs` after its header. Without one, programs guess 72 or 96
 * dots per inch.
 * @param png as canvases write it: without that chunk
 */
export function withPngDensity(png: Uint8Array, dotsPerInch: number): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(4 + 4 + 9 + 4);
  const view = new DataView(chunk.buffer);
  const dotsPerMetre = Math.round(dotsPerInch / INCH_M);
  view.setUint32(0, 9);
  chunk.set(new TextEncoder().encode('pHYs'), 4);
  view.setUint32(8, dotsPerMetre);
  view.setUint32(12, dotsPerMetre);
  view.setUint8(16, 1);
  view.setUint32(17, crc32(chunk.subarray(4, 17)));
  const file = new Uint8Array(png.length + chunk.length);
  file.set(png.subarray(0, SIGNATURE_AND_HEADER_BYTES));
  file.set(chunk, SIGNATURE_AND_HEADER_BYTES);
  file.set(png.subarray(SIGNATURE_AND_HEADER_BYTES), SIGNATURE_AND_HEADER_BYTES + chunk.length);
  return file;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ CRC_POLYNOMIAL : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
