import { describe, expect, test } from 'vitest';
import { PUBLISHED_CUTOUT } from '../../../src/core/cutout/cutout-recipe.ts';
import { imageLevelsInPlace } from '../../../src/core/display/image-levels.ts';
import { TRANSFERS } from '../../../src/core/display/transfer.ts';
import { COLOUR_MAPS, colourOf } from '../../../src/renderer/sky-map/colour-maps.ts';
import type { NativeStretch } from '../../../src/renderer/sky-map/image-display.ts';
import { barTicks, FIRST_DISPLAY, imageDisplay } from '../../../src/renderer/sky-map/image-display.ts';

const levels = imageLevelsInPlace(Float64Array.from({ length: 1001 }, (_, k) => (k - 500) * 1e-3))!;
const facts = { levels, channels: PUBLISHED_CUTOUT };

/** Aladin Lite's functions as its shader writes them. */
const SHADER: Readonly<Record<NativeStretch, (x: number) => number>> = {
  linear: (x) => x,
  sqrt: Math.sqrt,
  log: (x) => Math.log(1000 * x + 1) / Math.log(1000),
  asinh: (x) => Math.asinh(10 * x) / 3,
  pow2: (x) => x * x,
};

describe('the display of the image', () => {
  test.each([...TRANSFERS, 'channel-0', 'channel-1'] as const)(
    '%s: the colour that a pixel gets through Aladin is that of its brightness, to two levels of 256',
    (stretch) => {
      const display = imageDisplay({ ...FIRST_DISPLAY, stretch }, facts);
      for (let x = 0; x <= 1; x += 1 / 777) {
        const at = Math.min(1, SHADER[display.native](x)) * 255;
        const [low, high] = [Math.floor(at), Math.ceil(at)].map((k) => parseInt(display.colours[k]!.slice(1, 3), 16));
        const shown = low! + (high! - low!) * (at - Math.floor(at));
        expect(Math.abs(shown - 255 * display.transfer(x))).toBeLessThan(2.5);
      }
    },
  );

  test('an unknown channel shows the image linearly, and without levels the limits stay those of the tiles', () => {
    const display = imageDisplay({ ...FIRST_DISPLAY, stretch: 'channel-9' }, { ...facts, levels: undefined });
    expect(display.limits).toBeUndefined();
    expect(display.transfer(0.3)).toBe(0.3);
  });

  test('inverted, the sky is white', () => {
    const { colours } = imageDisplay({ ...FIRST_DISPLAY, isInverted: true }, facts);
    expect([colours[0], colours.at(-1)]).toEqual(['#ffffff', '#000000']);
  });

  test.each(COLOUR_MAPS)('%s runs from dark to bright', (map) => {
    const luminance = (brightness: number): number => {
      const [r, g, b] = [1, 3, 5].map((at) => parseInt(colourOf(map, brightness).slice(at, at + 2), 16)) as [
        number,
        number,
        number,
      ];
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    for (let k = 1; k <= 10; k++) expect(luminance(k / 10)).toBeGreaterThan(luminance((k - 1) / 10));
  });
});

describe('the ticks of the colour bar', () => {
  test('they are round values at the place of their brightness, and never crowd', () => {
    const display = imageDisplay({ ...FIRST_DISPLAY, limits: { kind: 'manual', low: -0.1, high: 4 } }, facts);
    const ticks = barTicks(display, 0.15);
    expect(ticks.map(({ value }) => value)).toContain(0);
    expect(ticks.length).toBeGreaterThan(2);
    ticks.forEach(({ value, place }, k) => {
      expect(place).toBeCloseTo(display.transfer((value + 0.1) / 4.1), 12);
      if (k > 0) expect(place - ticks[k - 1]!.place).toBeGreaterThanOrEqual(0.15);
    });
  });

  test('narrow limits far from zero have ticks too', () => {
    const display = imageDisplay({ ...FIRST_DISPLAY, limits: { kind: 'manual', low: 1.01, high: 1.02 } }, facts);
    expect(barTicks(display, 0.2).length).toBeGreaterThan(0);
  });
});
