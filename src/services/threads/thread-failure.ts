import type { DomainError } from '../../core/result/failure.ts';
import { DomainFailure, domainErrorOf } from '../../core/result/failure.ts';
import { messageOf } from '../../core/result/message-of.ts';

/** A failure on its way out of a thread: classes are lost there. */
export interface ThreadFailure {
  /** Undefined where something went wrong that nobody foresaw. */
  readonly error: DomainError | undefined;
  readonly message: string;
}

export function threadFailureOf(thrown: unknown): ThreadFailure {
  return { error: domainErrorOf(thrown), message: messageOf(thrown) };
}

export function thrownIn({ error, message }: ThreadFailure): Error {
  return error === undefined ? new Error(message) : new DomainFailure(error);
}
