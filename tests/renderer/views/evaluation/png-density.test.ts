import { expect, test } from 'vitest';
import { withPngDensity } from '../../../../src/renderer/views/evaluation/png-density.ts';

test('a PNG file says 600 dots per inch in the bytes that libpng writes for them', () => {
  const header = new Uint8Array(33).fill(7);
  const rest = Uint8Array.of(1, 2, 3);
  const file = withPngDensity(Uint8Array.from([...header, ...rest]), 600);
  expect([...file.subarray(0, 33)]).toEqual([...header]);
  expect([...file.subarray(-3)]).toEqual([...rest]);
  // zlib.crc32(b'pHYs' + struct.pack('>IIB', 23622, 23622, 1)) in Python is 0x14944341.
  expect(Array.from(file.subarray(33, -3), (byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(
    '000000097048597300005c4600005c460114944341',
  );
});
