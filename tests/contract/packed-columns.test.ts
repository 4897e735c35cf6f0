import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packColumns, unpackColumns } from '../../src/contract/packed-columns.ts';

test('a block that is cut short is refused, not read as shorter columns', () => {
  const packed = packColumns({ a: Float64Array.from([1, 2, 3]) }, {});
  expect(() => unpackColumns(packed.buffer.slice(0, packed.length - 8))).toThrow(RangeError);
});

test('columns of every type and the values beside them survive packing, NaN included', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double()),
      fc.array(fc.float()),
      fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
      fc.array(fc.integer({ min: 0, max: 255 })),
      fc.array(fc.string()),
      (f64, f32, i32, u8, names) => {
        const arrays = {
          f64: Float64Array.from(f64),
          u8: Uint8Array.from(u8),
          f32: Float32Array.from(f32),
          i32: Int32Array.from(i32),
        };
        const unpacked = unpackColumns(packColumns(arrays, { names }).buffer);
        expect(Object.fromEntries(unpacked.arrays)).toEqual(arrays);
        expect(unpacked.values['names']).toEqual(names);
      },
    ),
  );
});
