/** Side of a bucket [pixel]. */
const BUCKET_PIX = 64;

/** Finds the items within a square around a pixel. @returns items in order of their bucket, then of the input */
export function pixelBuckets<Item>(
  items: readonly Item[],
  xOf: (item: Item) => number,
  yOf: (item: Item) => number,
): (xPix: number, yPix: number, reachPix: number) => Item[] {
  const buckets = new Map<string, Item[]>();
  for (const item of items) {
    const key = `${Math.floor(xOf(item) / BUCKET_PIX)},${Math.floor(yOf(item) / BUCKET_PIX)}`;
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [item]);
    else bucket.push(item);
  }
  return (xPix, yPix, reachPix) => {
    const found: Item[] = [];
    const [lowI, highI] = [Math.floor((xPix - reachPix) / BUCKET_PIX), Math.floor((xPix + reachPix) / BUCKET_PIX)];
    const [lowJ, highJ] = [Math.floor((yPix - reachPix) / BUCKET_PIX), Math.floor((yPix + reachPix) / BUCKET_PIX)];
    for (let j = lowJ; j <= highJ; j++) {
      for (let i = lowI; i <= highI; i++) {
        for (const item of buckets.get(`${i},${j}`) ?? []) {
          if (Math.abs(xOf(item) - xPix) <= reachPix && Math.abs(yOf(item) - yPix) <= reachPix) found.push(item);
        }
      }
    }
    return found;
  };
}
