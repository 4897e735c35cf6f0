import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { DomainFailure } from '../../core/result/failure.ts';
import { refuseCancelled } from '../threads/in-turn.ts';

const END_BYTES = 1024 * 1024;
const BLOCK_BYTES = 64 * 1024;
const BLOCK_COUNT = 16;
/** Files read at once: a survey has hundreds, and a disk does not get faster by more. */
const LANES = 4;

/** What identifies an input file without reading all of it. */
export interface Fingerprint {
  readonly sizeBytes: number;
  /** Last modification [ms since 1970]. */
  readonly modifiedMs: number;
  /** `sampled-sha256:` and 64 hexadecimal digits; the name says that not every byte was read. */
  readonly fingerprint: string;
}

/**
 * SHA-256 of a file's size (8 bytes, little-endian), its first and last MiB and 16 evenly spaced blocks of 64 KiB: 3 MiB
 * read, whatever the size of the mosaic. A change between the samples that keeps the size is not seen.
 * @throws DomainFailure `file-not-found`, `file-unreadable`
 */
export const fingerprintOf = (path: string): Promise<Fingerprint> => fingerprintThrough(path, Buffer.alloc(END_BYTES));

export interface FingerprintOptions {
  readonly signal?: AbortSignal | undefined;
  /** @param fraction of the files that are done */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * Of many files, a few at a time and with as little memory. Rejects with the first that cannot be read.
 * @throws DomainFailure `file-not-found`, `file-unreadable`, `cancelled`
 */
export async function fingerprintsOf(
  paths: readonly string[],
  { signal, onProgress }: FingerprintOptions = {},
): Promise<readonly Fingerprint[]> {
  const prints: Fingerprint[] = [];
  let done = 0;
  let next = 0;
  const lane = async (): Promise<void> => {
    const buffer = Buffer.alloc(END_BYTES);
    while (next < paths.length) {
      refuseCancelled(signal);
      const at = next++;
      prints[at] = await fingerprintThrough(paths[at]!, buffer);
      onProgress?.(++done / paths.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, paths.length) }, lane));
  return prints;
}

/** @param buffer of a MiB, whose content is lost */
async function fingerprintThrough(path: string, buffer: Buffer): Promise<Fingerprint> {
  try {
    const file = await open(path, 'r');
    try {
      const { size, mtimeMs } = await file.stat();
      const hash = createHash('sha256');
      const sizeBytes = Buffer.alloc(8);
      sizeBytes.writeBigUInt64LE(BigInt(size));
      hash.update(sizeBytes);
      for (const [offset, length] of sampledRanges(size)) {
        const { bytesRead } = await file.read(buffer, 0, length, offset);
        hash.update(buffer.subarray(0, bytesRead));
      }
      return { sizeBytes: size, modifiedMs: mtimeMs, fingerprint: `sampled-sha256:${hash.digest('hex')}` };
    } finally {
      await file.close();
    }
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new DomainFailure({ kind: 'file-not-found', path }, { cause: thrown });
    throw new DomainFailure({ kind: 'file-unreadable', path, why: code ?? 'unknown reason' }, { cause: thrown });
  }
}

/** [offset, length] of every sample; they overlap in files under 3 MiB, which are then read more than whole. */
function sampledRanges(size: number): readonly (readonly [number, number])[] {
  const blocks = Array.from({ length: BLOCK_COUNT }, (_, index): readonly [number, number] => {
    const offset = Math.floor((Math.max(0, size - BLOCK_BYTES) * (index + 1)) / (BLOCK_COUNT + 1));
    return [offset, Math.min(BLOCK_BYTES, size - offset)];
  });
  const end = Math.min(END_BYTES, size);
  return [[0, end], [size - end, end], ...blocks];
}
