import { endianness } from 'node:os';

/** FITS words to this machine's and back, in place. Nothing to do where the machine has the order of FITS. */
export function swap32(bytes: Uint8Array<ArrayBuffer>): void {
  if (endianness() === 'LE') Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).swap32();
}
