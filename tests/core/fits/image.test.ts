import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesAsSource } from '../../../src/core/fits/byte-source.ts';
import type { FitsImage, ImageWindow } from '../../../src/core/fits/image.ts';
import { openImage, readWindow } from '../../../src/core/fits/image.ts';
import { fitsImageBytes } from '../../../src/core/fits/write.ts';
import { errorOf, rejectionOf } from '../../expect-failure.ts';
import { countingSource, fixtureSource, samples } from './fits-fixture.ts';

const whole = (image: FitsImage, plane = 0): ImageWindow => ({
  x: 0,
  y: 0,
  width: image.widthPix,
  height: image.heightPix,
  plane,
});

describe('what is no image is refused', () => {
  test('a table', async () => {
    expect(await rejectionOf(() => openImage(fixtureSource('columns.fits')))).toEqual({
      kind: 'fits-no-image',
      path: 'columns.fits',
    });
  });

  test('an HDU that the file does not have, by number and by name', async () => {
    expect(await rejectionOf(() => openImage(fixtureSource('images.fits'), 99))).toMatchObject({
      kind: 'fits-no-image',
    });
    expect(await rejectionOf(() => openImage(fixtureSource('images.fits'), 'NO SUCH'))).toMatchObject({
      kind: 'fits-no-image',
    });
  });

  test('a plane that the cube does not have', async () => {
    const cube = await openImage(fixtureSource('images.fits'), 'CUBE');
    for (const plane of [3, -1, 0.5]) {
      expect(await rejectionOf(() => readWindow(cube, whole(cube, plane)))).toMatchObject({ kind: 'argument-invalid' });
    }
  });

  test('a window that is no rectangle of pixels', async () => {
    const image = await openImage(fixtureSource('images.fits'));
    for (const window of [
      { x: 0.5, y: 0, width: 2, height: 2 },
      { x: 0, y: 0, width: -1, height: 2 },
      { x: 0, y: Number.NaN, width: 1, height: 2 },
    ]) {
      expect(await rejectionOf(() => readWindow(image, window))).toMatchObject({ kind: 'argument-invalid' });
    }
  });
});

test.each(samples.images.map((sample) => [sample.name, sample] as const))(
  'pixels stored as %s are those that astropy reads',
  async (name, sample) => {
    const image = await openImage(fixtureSource('images.fits'), name.toLowerCase());
    expect([image.widthPix, image.heightPix]).toEqual(sample.axes.slice(0, 2));
    const planeSize = image.widthPix * image.heightPix;
    expect(image.planeCount * planeSize).toBe(sample.expected.length);
    for (let plane = 0; plane < image.planeCount; plane++) {
      const pixels = await readWindow(image, whole(image, plane));
      pixels.forEach((value, i) => {
        const expected = sample.expected[plane * planeSize + i] ?? null;
        if (expected === null) expect(value).not.toSatisfy(Number.isFinite);
        else expect(value).toBe(expected);
      });
    }
  },
);

test('a BLANK integer is NaN', async () => {
  const image = await openImage(fixtureSource('images.fits'), 'SCALED');
  const [value] = await readWindow(image, { x: 4, y: 3, width: 1, height: 1 });
  expect(value).toBeNaN();
});

test('doubles stay doubles, and 32-bit integers keep all their digits', async () => {
  for (const name of ['F64', 'I32', 'I64', 'UNSIGNED32']) {
    const image = await openImage(fixtureSource('images.fits'), name);
    expect(await readWindow(image, whole(image)), name).toBeInstanceOf(Float64Array);
  }
  for (const name of ['F32', 'U8', 'I16', 'UNSIGNED16']) {
    const image = await openImage(fixtureSource('images.fits'), name);
    expect(await readWindow(image, whole(image)), name).toBeInstanceOf(Float32Array);
  }
});

/** As bytes, so that a whole window is compared at once. NaN has one spelling in arrays made here. */
const bitsOf = (pixels: Float32Array): Buffer => Buffer.from(pixels.buffer);

const ramp = Float32Array.from({ length: 40 * 30 }, (_, i) => i + 0.5);
const rampFile = bytesAsSource('ramp.fits', fitsImageBytes({ pixels: ramp, widthPix: 40, heightPix: 30, cards: [] }));

test('any window is that crop of the whole image, NaN outside it', async () => {
  const image = await openImage(rampFile);
  const window = fc.record({
    x: fc.integer({ min: -60, max: 60 }),
    y: fc.integer({ min: -60, max: 60 }),
    width: fc.integer({ min: 0, max: 60 }),
    height: fc.integer({ min: 0, max: 60 }),
  });
  await fc.assert(
    fc.asyncProperty(window, async ({ x, y, width, height }) => {
      const pixels = await readWindow(image, { x, y, width, height });
      const expected = Float32Array.from({ length: width * height }, (_, i) => {
        const column = x + (i % width);
        const row = y + Math.floor(i / width);
        const isInside = column >= 0 && column < 40 && row >= 0 && row < 30;
        return isInside ? ramp[row * 40 + column]! : Number.NaN;
      });
      expect(bitsOf(pixels as Float32Array)).toEqual(bitsOf(expected));
    }),
    { seed: 5, numRuns: 200 },
  );
});

test('a narrow window of a wide image reads its rows and nothing between them', async () => {
  const pixels = Float32Array.from({ length: 20_000 * 64 }, (_, i) => i % 9973);
  const file = fitsImageBytes({ pixels, widthPix: 20_000, heightPix: 64, cards: [] });
  const source = countingSource(bytesAsSource('wide.fits', file));
  const image = await openImage(source);
  source.bytesRead = 0;
  const window = await readWindow(image, { x: 11_000, y: 10, width: 32, height: 32 });
  expect(source.bytesRead).toBe(32 * 32 * 4);
  expect([...window.subarray(0, 3)]).toEqual([...pixels.subarray(10 * 20_000 + 11_000, 10 * 20_000 + 11_003)]);
});

test('opening reads headers only', async () => {
  const pixels = new Float32Array(1_000_000);
  const file = fitsImageBytes({ pixels, widthPix: 1000, heightPix: 1000, cards: [] });
  const source = countingSource(bytesAsSource('large.fits', file));
  await openImage(source);
  expect(source.bytesRead).toBeLessThan(30_000);
});

describe('writing an image', () => {
  test('pixels that do not fill the image are refused', () => {
    const image = { pixels: new Float32Array(5), widthPix: 2, heightPix: 2, cards: [] };
    expect(errorOf(() => fitsImageBytes(image))).toMatchObject({ kind: 'argument-invalid' });
  });

  test('cards are kept, structural ones are not taken over, and the same input gives the same bytes', async () => {
    const image = {
      pixels: Float32Array.of(1, Number.NaN, 3, 4),
      widthPix: 2,
      heightPix: 2,
      cards: [
        { keyword: 'BUNIT', value: 'Jy/beam' },
        { keyword: 'NAXIS1', value: 77 },
        { keyword: 'CRVAL1', value: 205.055266667, comment: '[deg]' },
      ],
    };
    const bytes = fitsImageBytes(image);
    expect(bytes.length).toBe(5760);
    expect(fitsImageBytes(image)).toEqual(bytes);
    const read = await openImage(bytesAsSource('a.fits', bytes));
    expect([read.unit, read.widthPix, read.header.number('CRVAL1')]).toEqual(['Jy/beam', 2, 205.055266667]);
    expect(await readWindow(read, whole(read))).toEqual(image.pixels);
  });
});
