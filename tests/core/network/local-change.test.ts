import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Walk } from '../../../src/core/network/local-change.ts';
import { piecesFor } from '../../../src/core/network/local-change.ts';
import { outputSideOf } from '../../../src/core/network/map-sizes.ts';
import { patchGrid, patchSpans } from '../../../src/core/network/patch-grid.ts';
import { describeNetwork } from '../../../src/core/network/registry.ts';

interface Kernel {
  readonly kernelSide: number;
  readonly stride: number;
  readonly near: number;
  readonly far: number;
}

function walksOver(side: number, kernels: readonly Kernel[]): Walk[] {
  let inputSide = side;
  return kernels.map(({ kernelSide, stride, near, far }) => {
    const padding = { near, far };
    const walk = {
      kernelSide,
      stride,
      padding,
      inputSide,
      outputSide: outputSideOf(inputSide, kernelSide, stride, padding),
    };
    inputSide = walk.outputSide;
    return walk;
  });
}

/** What a row of numbers becomes: each layer adds what its kernel sees, every place of the kernel with its own weight. */
function throughLayers(walks: readonly Walk[], values: readonly number[]): number[] {
  return walks.reduce<number[]>(
    (row, { kernelSide, stride, padding }) => {
      const side = outputSideOf(row.length, kernelSide, stride, padding);
      return Array.from({ length: side }, (_, output) => {
        let sum = 1;
        for (let k = 0; k < kernelSide; k++) sum += (k + 2) * (row[output * stride - padding.near + k] ?? 0);
        return sum;
      });
    },
    [...values],
  );
}

const kernel = fc
  .record({ kernelSide: fc.integer({ min: 1, max: 5 }), stride: fc.integer({ min: 1, max: 3 }) })
  .chain(({ kernelSide, stride }) => {
    const edge = fc.integer({ min: 0, max: kernelSide - 1 });
    return fc.record({ kernelSide: fc.constant(kernelSide), stride: fc.constant(stride), near: edge, far: edge });
  });

describe('pieces of an image around a change', () => {
  test('tell of the map what the whole image does, and the rest of the map stays as it was', () => {
    fc.assert(
      fc.property(
        fc.array(kernel, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 24, max: 60 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 5 }),
        (kernels, side, patchPix, stridePix) => {
          const walks = walksOver(side, kernels);
          fc.pre(walks.every(({ outputSide }) => outputSide > 0));
          const spans = patchSpans(patchGrid(side, patchPix, stridePix));
          const { side: pieceSide, stride, pieces } = piecesFor(walks, spans);
          const before = Array.from({ length: side }, (_, pixel) => pixel + 1);
          const mapBefore = throughLayers(walks, before);
          spans.forEach(({ first, last }, index) => {
            const { start, reached } = pieces[index]!;
            const changed = before.map((value, pixel) => (pixel >= first && pixel <= last ? 0 : value));
            const expected = throughLayers(walks, changed);
            const ofPiece = throughLayers(walks, changed.slice(start, start + pieceSide));
            const actual = mapBefore.map((value, output) =>
              output >= reached.first && output <= reached.last ? ofPiece[output - start / stride]! : value,
            );
            expect(actual).toEqual(expected);
          });
        },
      ),
    );
  });

  test('are 40 pixels wide for a patch of 16 before the first pooling of compact, a tenth of the image', () => {
    const { convolutions, pooling } = describeNetwork('compact').image!.blocks[0]!;
    const { side, stride, pieces } = piecesFor([...convolutions, pooling!], patchSpans(patchGrid(128, 16, 4)));
    expect([side, stride, pieces.length]).toEqual([40, 4, 29]);
    expect(pieces[14]).toEqual({ start: 44, reached: { first: 13, last: 19 } });
  });
});
