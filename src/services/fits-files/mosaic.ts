import { basename, dirname, resolve } from 'node:path';
import type { FitsHeader } from '../../core/fits/header.ts';
import type { FitsImage, ImageWindow } from '../../core/fits/image.ts';
import { openImage, readWindow } from '../../core/fits/image.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { wcsOf } from '../../core/sky/wcs.ts';
import type { Wcs } from '../../core/sky/wcs-types.ts';
import { ARCSEC_PER_DEGREE } from '../../core/units/quantities.ts';
import { brightnessScaleOf } from './brightness-unit.ts';
import type { FileHandles } from './file-handles.ts';
import { openFileSource } from './file-source.ts';
import { resolveFitsPath } from './fits-path.ts';

/** FWHM of the restoring beam [arcsec] and its position angle [deg, north through east]. */
export interface Beam {
  readonly majArcsec: number;
  readonly minArcsec: number;
  readonly paDeg: number;
}

/** A mosaic, opened for reading windows. Close it when done. */
export interface Mosaic {
  /** Path as it was given, with its selector. */
  readonly path: string;
  /** The strongest of `names`: the file's stem without `-mosaic`. */
  readonly name: string;
  /** What `Mosaic_ID` may call it, strongest first: the stem as it is, without `-mosaic`, the parent folder, OBJECT. */
  readonly names: readonly string[];
  readonly widthPix: number;
  readonly heightPix: number;
  readonly image: FitsImage;
  readonly wcs: Wcs;
  /** Undefined where the header has no BMAJ or BMIN. */
  readonly beam: Beam | undefined;
  /** BUNIT as the file spells it. */
  readonly unit: string | undefined;
  /** What a pixel value is multiplied by to become mJy/beam; undefined where the unit is missing or unknown. */
  readonly unitScaleToMjyPerBeam: number | undefined;
  /** What the astronomer should know, one sentence each. */
  readonly warnings: readonly string[];
  /** The pixels of a window in the mosaic's own unit, row-major, lowest y first, NaN outside the image. */
  readPixels(window: ImageWindow, into?: Float32Array | Float64Array): Promise<Float32Array | Float64Array>;
  close(): Promise<void>;
}

/**
 * Opens a mosaic: `file.fits`, or `file.fits[1]` and `file.fits[NAME]` for one of its HDUs, and with `[plane=3]` at the end
 * one plane of a cube, counted from 1 (the first where not given).
 * @param handles shared by many mosaics, so that not all their files are open at once
 * @throws DomainFailure 'argument-invalid' for a plane that the cube does not have; 'file-…', 'fits-…', 'wcs-missing', 'wcs-unsupported'; the file is closed again then
 */
export async function openMosaic(givenPath: string, handles?: FileHandles): Promise<Mosaic> {
  const { path, selector, plane } = await resolveFitsPath(givenPath);
  const source = await openFileSource(path, handles);
  try {
    const image = await openImage(source, selector);
    const { header, planeCount } = image;
    if (plane !== undefined && (plane < 0 || plane >= planeCount)) {
      const why = planeCount === 1 ? 'it has one plane' : `it has planes 1 to ${planeCount}`;
      throw new DomainFailure({ kind: 'argument-invalid', name: givenPath, why });
    }
    const scale = brightnessScaleOf(image.unit);
    const names = mosaicNames(path, header);
    return {
      path: givenPath,
      name: names.find((name) => !name.endsWith('-mosaic')) ?? names[0]!,
      names,
      widthPix: image.widthPix,
      heightPix: image.heightPix,
      image,
      wcs: wcsOf(header, path),
      beam: beamOf(header),
      unit: image.unit,
      unitScaleToMjyPerBeam: scale.toMjyPerBeam,
      warnings: [
        ...(scale.warning === undefined ? [] : [scale.warning]),
        ...(planeCount > 1 && plane === undefined
          ? [`It has ${planeCount} planes; the first is used. Write ${basename(path)}[plane=2] for the second.`]
          : []),
      ],
      readPixels: (window, into) => readWindow(image, { ...window, plane: window.plane ?? plane }, into),
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

function mosaicNames(path: string, header: FitsHeader): string[] {
  const stem = basename(path)
    .replace(/\.gz$/i, '')
    .replace(/(?:\.(?:fits|fit|fts))?(?:\.fz)?$/i, '');
  const folder = basename(dirname(resolve(path)));
  const object = header.text('OBJECT')?.trim() ?? '';
  const names = [stem, stem.replace(/-mosaic$/, ''), folder, object].filter((name) => name !== '');
  return [...new Set(names)];
}

function beamOf(header: FitsHeader): Beam | undefined {
  const majDeg = header.number('BMAJ');
  const minDeg = header.number('BMIN');
  if (majDeg === undefined || minDeg === undefined || !(majDeg > 0) || !(minDeg > 0)) return undefined;
  return {
    majArcsec: majDeg * ARCSEC_PER_DEGREE,
    minArcsec: minDeg * ARCSEC_PER_DEGREE,
    paDeg: header.number('BPA') ?? 0,
  };
}
