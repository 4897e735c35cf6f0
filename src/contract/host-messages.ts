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
  | { readonly kind: 'kill-worker'; readonly workerId: number }
  /** For the dock or the taskbar: how much of the slow work is done [0..1]. */
  | { readonly kind: 'progress'; readonly done: number | 'unknown' | 'nothing to do' }
  /** Whether the window may ask the machines of `contract/online.ts`. */
  | { readonly kind: 'online'; readonly isOn: boolean }
  /** Projects that are still there, newest first. */
  | { readonly kind: 'recent'; readonly projects: readonly { readonly name: string; readonly path: string }[] };

export type HostToEngine =
  | { readonly kind: 'from-worker'; readonly workerId: number; readonly message: FromWorker }
  | { readonly kind: 'worker-exited'; readonly workerId: number; readonly code: number }
  | { readonly kind: 'open-files'; readonly paths: readonly string[] }
  | { readonly kind: 'close' };
