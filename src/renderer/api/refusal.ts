import { ORPCError } from '@orpc/client';

/** The sentence to show for anything that a request can throw: the engine's own words where it refused. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ORPCError) {
    const data: unknown = error.data;
    if (typeof data === 'object' && data !== null && 'sentence' in data && typeof data.sentence === 'string') {
      return data.sentence;
    }
    if (error.code === 'BAD_REQUEST')
      return 'The engine did not understand the request. Window and engine may be of different versions.';
    return `The engine failed on this request: ${error.message}`;
  }
  if (error instanceof Error) return error.message;
  return String(error);
}

/** The kind of the engine's refusal; undefined for anything else. */
export function refusalKind(error: unknown): string | undefined {
  const data: unknown = error instanceof ORPCError ? error.data : undefined;
  if (typeof data !== 'object' || data === null || !('kind' in data)) return undefined;
  return typeof data.kind === 'string' ? data.kind : undefined;
}
