/** Stored pixels of one tile: integers as they were compressed, or floats where the compression lost nothing. */
export type StoredPixels = Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** Unpacks one gzip stream to at most `maximumBytes`; throws where the stream is broken or unpacks to more. */
export type Inflate = (bytes: Uint8Array, maximumBytes: number) => Uint8Array;

/** What a codec needs to know besides the bytes. */
export interface TileRequest {
  readonly pixelCount: number;
  /** The fastest axis of the tile, and all others taken together. */
  readonly widthPix: number;
  readonly heightPix: number;
  /** What the bytes stand for once unpacked: quantised floats are integers. */
  readonly holds: 'integers' | 'floats';
  /** ZNAMEi = ZVALi; undefined for one that the header does not set. */
  readonly parameter: (name: string) => number | undefined;
  /** Undefined where nothing can unpack gzip here. */
  readonly inflate: Inflate | undefined;
}

/** Turns the bytes of one tile into its pixels, the fastest axis first. @throws BrokenTile */
export type TileCodec = (bytes: Uint8Array, request: TileRequest) => StoredPixels;

/** The bytes of a tile are not what they should be. Whoever knows file and tile makes a `DomainFailure` of it. */
export class BrokenTile extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'BrokenTile';
  }
}

export const endsTooEarly = (): BrokenTile => new BrokenTile('its bytes end too early');
