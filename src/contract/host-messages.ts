import type { FromWorker, ToWorker } from './worker-messages.ts';

/**
 * Between the desktop host and its engine. The host starts workers for the engine, because a fork inside Electron
 * would start Electron, and passes their messages on unread.
 */
export type EngineToHost =
  | { readonly kind: 'listening'; readonly url: string }
  | { readonly kind: 'failed'; readonly sentence: string }
  | { readonly kind: 'start-worker'; readonly workerId: number }
  | { readonly kind: 'to-worker'; readonly workerId: number; readonly message: ToWorker }
  | { readonly kind: 'kill-worker'; readonly workerId: number };

export type HostToEngine =
  | { readonly kind: 'from-worker'; readonly workerId: number; readonly message: FromWorker }
  | { readonly kind: 'worker-exited'; readonly workerId: number; readonly code: number }
  | { readonly kind: 'open-files'; readonly paths: readonly string[] }
  | { readonly kind: 'close' };
