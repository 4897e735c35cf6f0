import { fork } from 'node:child_process';
import type { FromWorker, ToWorker } from '../../contract/worker-messages.ts';

/** A running worker process, whatever kind of process the host starts. */
export interface WorkerLink {
  send(message: ToWorker): void;
  onMessage(listener: (message: FromWorker) => void): void;
  /** Told once, after the last message. `why` is for people: exit code or signal. */
  onExit(listener: (why: string) => void): void;
  /** Ends it at once. Nothing is lost: what was computed is stored by the engine, batch by batch. */
  kill(): void;
}

export interface WorkerOptions {
  /** What native code prints is expected and of no use: a driver that complains while it is being tested. */
  readonly isQuiet?: boolean;
}

/** How the host starts a worker. Electron needs a utility process: a fork inside Electron starts Electron. */
export type StartWorker = (options?: WorkerOptions) => WorkerLink;

/** Starts workers as child processes of Node. @param entry path of the worker's entry file */
export function forkedWorkers(entry: string): StartWorker {
  return ({ isQuiet = false } = {}) => {
    // Structured clone, not JSON: NaN must arrive as NaN. Standard output stays the command's own.
    const child = fork(entry, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', isQuiet ? 'ignore' : 'inherit', 'ipc'],
    });
    return {
      send: (message) => {
        if (child.connected) child.send(message, () => undefined);
      },
      onMessage: (listener) => child.on('message', (message) => listener(message as unknown as FromWorker)),
      onExit: (listener) => {
        let why: string | undefined;
        let isTold = false;
        // The channel can hold messages for longer than the process lives: both have to be over.
        const tellWhenOver = (): void => {
          if (isTold || why === undefined || child.connected) return;
          isTold = true;
          listener(why);
        };
        child.on('exit', (code, signal) => {
          why = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
          tellWhenOver();
        });
        child.on('disconnect', tellWhenOver);
        child.on('error', (error) => {
          why ??= error.message;
          tellWhenOver();
        });
      },
      kill: () => child.kill('SIGKILL'),
    };
  };
}
