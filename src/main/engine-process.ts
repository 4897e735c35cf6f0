import { join } from 'node:path';
import type { UtilityProcess } from 'electron';
import { utilityProcess } from 'electron';
import type { EngineToHost, HostToEngine } from '../contract/host-messages.ts';
import type { FromWorker } from '../contract/worker-messages.ts';

export interface EngineProcess {
  /** Resolves with the URL, token included, that the window opens; rejects with the engine's sentence. */
  readonly url: Promise<string>;
  openFiles(paths: readonly string[]): void;
  /** Told what the engine wants shown outside the window. */
  onNews(listener: (news: EngineNews) => void): void;
  /** Asks the engine to close its project; resolves when its process has ended. */
  close(): Promise<void>;
}

export type EngineNews = Extract<EngineToHost, { kind: 'progress' | 'recent' | 'online' }>;

/**
 * Starts the engine as a utility process, and workers for it on its request. Main looks into none of their messages:
 * it owns windows, so anything slow in it would freeze them.
 * @param folder where the built `engine.js` and `worker.js` lie
 */
export function startEngineProcess(folder: string, args: readonly string[]): EngineProcess {
  const engine = utilityProcess.fork(join(folder, 'engine.js'), [...args], { serviceName: 'Lobate engine' });
  const workers = new Map<number, UtilityProcess>();
  let onNews: (news: EngineNews) => void = () => undefined;
  const tell = (message: HostToEngine): void => engine.postMessage(message);

  function startWorker(workerId: number): void {
    const worker = utilityProcess.fork(join(folder, 'worker.js'), [], { serviceName: 'Lobate worker' });
    workers.set(workerId, worker);
    worker.on('message', (message: FromWorker) => tell({ kind: 'from-worker', workerId, message }));
    worker.on('exit', (code) => {
      workers.delete(workerId);
      tell({ kind: 'worker-exited', workerId, code });
    });
  }

  const url = new Promise<string>((resolve, reject) => {
    engine.on('message', (message: EngineToHost) => {
      switch (message.kind) {
        case 'listening':
          resolve(message.url);
          break;
        case 'failed':
          reject(new Error(message.sentence));
          break;
        case 'start-worker':
          startWorker(message.workerId);
          break;
        case 'to-worker':
          workers.get(message.workerId)?.postMessage(message.message);
          break;
        case 'progress':
        case 'recent':
        case 'online':
          onNews(message);
          break;
        case 'kill-worker':
          workers.get(message.workerId)?.kill();
          break;
      }
    });
    engine.on('exit', (code) => {
      for (const worker of workers.values()) worker.kill();
      reject(new Error(`The engine ended with code ${code}.`));
    });
  });

  return {
    url,
    openFiles: (paths) => tell({ kind: 'open-files', paths }),
    onNews: (listener) => (onNews = listener),
    close: () =>
      new Promise((resolve) => {
        engine.once('exit', () => resolve());
        tell({ kind: 'close' });
      }),
  };
}
