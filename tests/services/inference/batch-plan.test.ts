import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planBatches } from '../../../src/services/inference/batch-plan.ts';
import { STRIP_ROWS } from '../../../src/services/inference/reading-order.ts';

const field = fc
  .array(
    fc.record({
      mosaic: fc.integer({ min: -1, max: 3 }),
      y: fc.double({ min: 0, max: 9000, noNaN: true }),
      network: fc.boolean(),
    }),
    {
      maxLength: 300,
    },
  )
  .map((rows) => ({
    assignment: {
      mosaic: Int32Array.from(rows, (row) => row.mosaic),
      x: new Float64Array(rows.length),
      y: Float64Array.from(rows, (row) => (row.mosaic < 0 ? Number.NaN : row.y)),
    },
    needsNetwork: Uint8Array.from(rows, (row) => (row.network && row.mosaic >= 0 ? 1 : 0)),
  }));

test('every row is in exactly one batch, and no batch holds more than 32 rows for the network', () => {
  fc.assert(
    fc.property(field, ({ assignment, needsNetwork }) => {
      const { batches } = planBatches(assignment, needsNetwork);
      const rows = batches.flatMap((batch) => [...batch]).sort((a, b) => a - b);
      expect(rows).toEqual([...needsNetwork.keys()]);
      for (const batch of batches) {
        expect(batch.reduce((count, row) => count + needsNetwork[row]!, 0)).toBeLessThanOrEqual(32);
      }
    }),
  );
});

const stripOf = (y: number): number => Math.floor(y / STRIP_ROWS);

test('each mosaic is read once through, from its lowest strip of rows up', () => {
  fc.assert(
    fc.property(field, ({ assignment, needsNetwork }) => {
      const order = planBatches(assignment, needsNetwork).batches.flatMap((batch) => [...batch]);
      for (let i = 1; i < order.length; i++) {
        const [before, after] = [order[i - 1]!, order[i]!];
        expect(assignment.mosaic[before]!).toBeLessThanOrEqual(assignment.mosaic[after]!);
        if (assignment.mosaic[before] === assignment.mosaic[after] && assignment.mosaic[after]! >= 0) {
          expect(stripOf(assignment.y[before]!)).toBeLessThanOrEqual(stripOf(assignment.y[after]!));
        }
      }
    }),
  );
});
