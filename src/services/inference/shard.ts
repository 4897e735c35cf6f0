/** One of `count` parts of a field, by mosaic; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** `3/20` as a shard; undefined for anything else. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return shard.index >= 1 && shard.index <= shard.count ? shard : undefined;
}

export const shardText = ({ index, count }: Shard): string => `${index}/${count}`;

/**
 * Whether the rows of a mosaic belong to the shard: mosaics are dealt out in turn, so that neighbours, which cost alike,
 * go to different parts. Rows on no mosaic (−1) go with the first.
 */
export const isInShard = ({ index, count }: Shard, mosaic: number): boolean =>
  Math.max(0, mosaic) % count === index - 1;
