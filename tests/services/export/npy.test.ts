import { expect, test } from 'vitest';
import { npyBytes, tensorSha256 } from '../../../src/services/export/npy.ts';

test('a tensor becomes the .npy bytes that numpy.save writes for it', () => {
  // numpy 1.24.2: np.save(f, np.arange(6, dtype='<f4').reshape(1, 2, 3)); 128 bytes of header, then the data.
  const bytes = npyBytes(Float32Array.from([0, 1, 2, 3, 4, 5]), [1, 2, 3]);
  const header = new TextDecoder('latin1').decode(bytes.subarray(0, 128));
  expect(bytes.length).toBe(128 + 24);
  expect(header.slice(1, 6)).toBe('NUMPY');
  expect(bytes.subarray(6, 10)).toEqual(Uint8Array.from([1, 0, 118, 0]));
  expect(header.slice(10)).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3), }".padEnd(117) + '\n');
  expect(bytes.subarray(128, 136)).toEqual(Uint8Array.from([0, 0, 0, 0, 0, 0, 0x80, 0x3f]));
});

test('the hash is that of the values alone, so a view into a larger buffer hashes the same', () => {
  const values = Float32Array.from([9, 1, 2, 9]);
  expect(tensorSha256(values.subarray(1, 3))).toBe(tensorSha256(Float32Array.from([1, 2])));
});
