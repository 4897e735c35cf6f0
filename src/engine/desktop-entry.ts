/** Entry of the engine in the desktop program: a utility process that Electron's main starts. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, parse } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineToHost, HostToEngine } from '../contract/host-messages.ts';
import type { FromWorker } from '../contract/worker-messages.ts';
import { describeError } from '../core/result/describe-error.ts';
import { domainErrorOf } from '../core/result/failure.ts';
import { messageOf } from '../core/result/message-of.ts';
import { informHost } from './desktop-news.ts';
import { recogniseFiles } from './files/recognise-files.ts';
import type { RunningEngine } from './start-engine.ts';
import { startEngine } from './start-engine.ts';
import type { StartWorker } from './workers/worker-link.ts';

/** Electron's utility process has its parent here. */
interface ParentPort {
  postMessage(message: EngineToHost): void;
  on(event: 'message', listener: (event: { readonly data: HostToEngine }) => void): void;
}

const { parentPort } = process as unknown as { readonly parentPort: ParentPort };

interface HostedWorker {
  onMessage(message: FromWorker): void;
  onExit(why: string): void;
}

/** Workers that the host starts on request, because only Electron's main can. */
function hostedWorkers(): { readonly start: StartWorker; take(message: HostToEngine): void } {
  const workers = new Map<number, HostedWorker>();
  let nextId = 1;
  return {
    start: () => {
      const workerId = nextId++;
      const worker: HostedWorker = { onMessage: () => undefined, onExit: () => undefined };
      workers.set(workerId, worker);
      parentPort.postMessage({ kind: 'start-worker', workerId });
      return {
        send: (message) => parentPort.postMessage({ kind: 'to-worker', workerId, message }),
        onMessage: (listener) => (worker.onMessage = listener),
        onExit: (listener) => (worker.onExit = listener),
        kill: () => parentPort.postMessage({ kind: 'kill-worker', workerId }),
      };
    },
    take(message) {
      if (message.kind === 'from-worker') workers.get(message.workerId)?.onMessage(message.message);
      if (message.kind !== 'worker-exited') return;
      workers.get(message.workerId)?.onExit(`exit code ${message.code}`);
      workers.delete(message.workerId);
    },
  };
}

function sentenceOf(thrown: unknown): string {
  const error = domainErrorOf(thrown);
  if (error !== undefined) return describeError(error);
  return messageOf(thrown);
}

async function openFiles(engine: RunningEngine, paths: readonly string[]): Promise<void> {
  try {
    const recognised = await recogniseFiles(paths);
    if (recognised.kind === 'project') await engine.openFile(recognised.path);
    else await engine.open(recognised.request);
  } catch (thrown) {
    engine.notify({ type: 'notice', level: 'error', message: sentenceOf(thrown) });
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      'user-data': { type: 'string' },
      renderer: { type: 'string' },
      program: { type: 'string' },
      models: { type: 'string' },
    },
    allowPositionals: true,
  });
  const { 'user-data': userData = '', renderer = '', program = '', models = join(program, 'models') } = values;
  const manifest = JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as { readonly version: string };
  const workers = hostedWorkers();
  const engine = await startEngine({
    host: 'desktop',
    startWorker: workers.start,
    startFolder: homedir(),
    // Paths come from the system's own dialogs and from drops: the user may open whatever he can read.
    allowedFolders: [parse(homedir()).root],
    cacheFolder: join(userData, 'cache'),
    modelFolders: [join(userData, 'models'), models],
    rendererFolder: renderer,
    softwareVersion: manifest.version,
    onBug: (thrown) => console.error(thrown),
  });
  parentPort.on('message', ({ data }) => {
    if (data.kind === 'open-files') void openFiles(engine, data.paths);
    else if (data.kind === 'close') void engine.close().finally(() => process.exit(0));
    else workers.take(data);
  });
  parentPort.postMessage({ kind: 'listening', url: engine.tokenUrl() });
  void informHost(engine, (message) => parentPort.postMessage(message)).catch((thrown: unknown) =>
    console.error(thrown),
  );
  if (positionals.length > 0) await openFiles(engine, positionals);
}

try {
  await main();
} catch (thrown) {
  parentPort.postMessage({ kind: 'failed', sentence: sentenceOf(thrown) });
}
