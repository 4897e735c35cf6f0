import type { ImageChoice } from '../../contract/image-choices.ts';
import { readHdus } from '../../core/fits/hdu.ts';
import { isPlane } from '../../core/fits/image.ts';
import { planeAxesOf } from '../../core/fits/plane-axes.ts';
import { openFileSource } from './file-source.ts';

/**
 * The images of a FITS file and the planes of each, from its headers alone.
 * @throws DomainFailure 'file-…' and 'fits-…'
 */
export async function imageChoicesOf(path: string): Promise<ImageChoice[]> {
  const source = await openFileSource(path);
  try {
    const images = (await readHdus(source)).filter(isPlane);
    return images.map(({ index, name, header, axes }) => ({
      index,
      name: name ?? null,
      widthPix: axes[0]!,
      heightPix: axes[1]!,
      planeAxes: planeAxesOf(header, axes).map((axis) => ({ ...axis, labels: [...axis.labels] })),
    }));
  } finally {
    await source.close();
  }
}
