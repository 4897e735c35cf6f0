import { gunzipSync } from 'node:zlib';
import type { Inflate } from '../../core/fits/tile-codecs/codec.ts';

/** Node's zlib behind the port of `core/fits`. */
export const inflate: Inflate = (bytes, maximumBytes) => gunzipSync(bytes, { maxOutputLength: maximumBytes });
