import type { TileCodec } from './codec.ts';
import { decodeGzip1, decodeGzip2 } from './gzip.ts';
import { decodeHcompress } from './hcompress.ts';
import { decodePlain } from './plain.ts';
import { decodePlio } from './plio.ts';
import { decodeRice } from './rice.ts';

/** The codec of a ZCMPTYPE; undefined for one that Lobate does not read. */
export function tileCodecOf(compression: string): TileCodec | undefined {
  switch (compression) {
    case 'RICE_1':
    case 'RICE_ONE':
      return decodeRice;
    case 'GZIP_1':
      return decodeGzip1;
    case 'GZIP_2':
      return decodeGzip2;
    case 'HCOMPRESS_1':
      return decodeHcompress;
    case 'PLIO_1':
      return decodePlio;
    case 'NOCOMPRESS':
      return decodePlain;
    default:
      return undefined;
  }
}
