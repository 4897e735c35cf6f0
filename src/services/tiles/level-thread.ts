/** Entry of a thread that averages a mosaic's pixels while the engine's own thread answers the window. */
import { sharedFileHandles } from '../fits-files/file-source.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import { openMosaic } from '../fits-files/mosaic.ts';
import { answerInTurn } from '../threads/asked-thread.ts';
import type { BlockSource } from './block-means.ts';
import { blockMeans } from './block-means.ts';
import type { RowsWanted } from './level-threads.ts';
import type { Plane } from './plane.ts';
import { halve } from './plane.ts';

const handles = sharedFileHandles();
let open: Mosaic | undefined;

async function opened(path: string): Promise<Mosaic> {
  if (open?.path === path) return open;
  await open?.close();
  open = undefined;
  open = await openMosaic(path, handles);
  return open;
}

async function sourceOf({ path, scale }: { readonly path: string; readonly scale: number }): Promise<BlockSource> {
  const mosaic = await opened(path);
  const { widthPix, heightPix } = mosaic;
  return { widthPix, heightPix, scale, readWindow: (window, into) => mosaic.readPixels(window, into) };
}

answerInTurn<RowsWanted, undefined>(async (wanted) => {
  const source = await sourceOf(wanted);
  const { factor, width, firstRow, endRow, stripRows, levels } = wanted;
  const into = levels.map((memory) => new Float32Array(memory));
  for (let row = firstRow; row < endRow; row += stripRows) {
    const window = { x: 0, y: row, width, height: Math.min(stripRows, endRow - row) };
    let plane: Plane = { ...window, values: await blockMeans(source, factor, window, wanted.rowsPerBlock ?? factor) };
    for (const [level, values] of into.entries()) {
      if (level > 0) plane = halve(plane);
      values.set(plane.values, (row / 2 ** level) * plane.width);
    }
  }
  return { result: undefined };
});
