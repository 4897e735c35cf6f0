import { env } from 'node:process';

/**
 * When a file is written, for its header [UTC, ISO 8601 to the second]. `SOURCE_DATE_EPOCH` (seconds since 1970, the
 * convention of reproducible builds) replaces the clock, so that the same work gives the same bytes.
 */
export function writingDate(now: () => Date = () => new Date()): string {
  const epoch = env['SOURCE_DATE_EPOCH'] ?? '';
  const date = /^\d{1,12}$/.test(epoch) ? new Date(Number(epoch) * 1000) : now();
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
