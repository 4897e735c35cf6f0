import { domainErrorOf } from '../src/core/result/failure.ts';
import type { DomainError } from '../src/core/result/failure.ts';

/** The error with which `action` refuses; fails the test when it does not refuse, or breaks with anything else. */
export function errorOf(action: () => unknown): DomainError {
  try {
    action();
  } catch (thrown) {
    return domainErrorOrRethrow(thrown);
  }
  throw new Error('it did not refuse');
}

/** `errorOf` for what refuses later. */
export async function rejectionOf(action: () => Promise<unknown>): Promise<DomainError> {
  try {
    await action();
  } catch (thrown) {
    return domainErrorOrRethrow(thrown);
  }
  throw new Error('it did not refuse');
}

function domainErrorOrRethrow(thrown: unknown): DomainError {
  const error = domainErrorOf(thrown);
  if (error === undefined) throw thrown;
  return error;
}
