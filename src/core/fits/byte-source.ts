import type { Inflate } from './tile-codecs/codec.ts';

/**
 * Where FITS bytes come from. Core reads through this port only; the real one (a file) is in `services/fits-files`,
 * tests use bytes in memory.
 */
export interface ByteSource {
  /** Path or name for messages. */
  readonly name: string;
  readonly sizeBytes: number;
  /**
   * The bytes [offset, offset + length). Short only at the end of the source. The array is the caller's own, starts at
   * byte 0 of its buffer, and may be changed in place.
   * @param into the array of an earlier read that is not needed any more; a source may fill it again and return it, or
   *   the part of it that it filled, for fresh memory costs about as much as reading into it
   */
  read(offset: number, length: number, into?: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  /** Unpacks gzipped tiles; core has no gzip of its own. Without it such tiles are refused. */
  readonly inflate?: Inflate | undefined;
  /** Turns round the bytes of each 32-bit word, in place: a machine does it several times faster than a loop. */
  readonly swap32?: ((bytes: Uint8Array<ArrayBuffer>) => void) | undefined;
}

/** A source over bytes in memory. */
export function bytesAsSource(name: string, bytes: Uint8Array, inflate?: Inflate): ByteSource {
  return {
    name,
    sizeBytes: bytes.length,
    inflate,
    read: (offset, length) => Promise.resolve(new Uint8Array(bytes.slice(offset, offset + length))),
  };
}
