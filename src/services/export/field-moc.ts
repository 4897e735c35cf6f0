import { healpixCellAt, healpixNumberOf, healpixSideArcsec } from '../../core/sky/healpix.ts';
import { mocOf } from '../../core/sky/moc.ts';
import type { Table } from '../../core/table/table.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';

/** Side of the smallest cells [pixel of the finest mosaic]: 48″ on LoTSS, where the edge of a field is far rougher. */
const CELL_SIDE_PIX = 32;
/** Pixels looked at per cell side: none that a cell's corner only grazes is missed by more than a quarter of it. */
const SAMPLES_PER_SIDE = 4;
const MAXIMUM_ORDER = 20;

/**
 * The coverage of mosaics, finite pixels only, as a table whose FITS file is a MOC (UNIQ numbers, ICRS).
 * @param onMosaic told before each mosaic is read
 * @throws DomainFailure 'fits-…' when a mosaic cannot be read
 */
export async function fieldMoc(
  mosaics: readonly Mosaic[],
  softwareVersion: string,
  onMosaic: (index: number) => void = () => undefined,
): Promise<Table> {
  const order = orderFor(Math.min(...mosaics.map(({ wcs }) => wcs.pixelScaleArcsec)));
  const pixels = new Set<number>();
  for (const [index, mosaic] of mosaics.entries()) {
    onMosaic(index);
    await addCells(mosaic, order, pixels);
  }
  const cells = mocOf(order, pixels);
  return {
    rowCount: cells.length,
    name: 'MOC',
    columns: [{ name: 'UNIQ', data: BigInt64Array.from(cells, BigInt), repeat: 1 }],
    entries: [
      { name: 'MOCVERS', value: '2.0', description: 'MOC version' },
      { name: 'MOCDIM', value: 'SPACE', description: 'Physical dimension' },
      { name: 'PIXTYPE', value: 'HEALPIX' },
      { name: 'ORDERING', value: 'NUNIQ', description: 'UNIQ = 4 * 4^order + nested number' },
      { name: 'COORDSYS', value: 'C', description: 'ICRS' },
      { name: 'MOCORD_S', value: order, description: 'Order of the smallest cells' },
      { name: 'MOCORDER', value: order, description: 'The same, for readers of MOC 1' },
      { name: 'MOCTOOL', value: `Lobate ${softwareVersion}` },
    ],
  };
}

function orderFor(pixelScaleArcsec: number): number {
  let order = 0;
  while (order < MAXIMUM_ORDER && healpixSideArcsec(order) > CELL_SIDE_PIX * pixelScaleArcsec) order++;
  return order;
}

/** Adds the cells in which one of the pixels looked at is finite. */
async function addCells(mosaic: Mosaic, order: number, cells: Set<number>): Promise<void> {
  const { widthPix, heightPix, wcs } = mosaic;
  const cellPix = healpixSideArcsec(order) / wcs.pixelScaleArcsec;
  const step = Math.max(1, Math.floor(cellPix / SAMPLES_PER_SIDE));
  let pixels: Float32Array | Float64Array | undefined;
  for (const y of steps(heightPix, step)) {
    pixels = await mosaic.readPixels({ x: 0, y, width: widthPix, height: 1 }, pixels);
    for (const x of steps(widthPix, step)) {
      if (!Number.isFinite(pixels[x]!)) continue;
      const position = wcs.pixelToSky(x, y);
      if (position !== undefined) cells.add(healpixNumberOf(healpixCellAt(order, position)));
    }
  }
}

/** 0, step, …, and the last one, which lies on the edge. */
function steps(length: number, step: number): readonly number[] {
  const inner = Array.from({ length: Math.ceil(length / step) }, (_, index) => index * step);
  return inner.at(-1) === length - 1 ? inner : [...inner, length - 1];
}
