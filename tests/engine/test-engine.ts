import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { api } from '../../src/contract/api.ts';
import { recipeOf } from '../../src/core/network/presets.ts';
import { featureNamesOf } from '../../src/core/features/compute-features.ts';
import type { EngineServices } from '../../src/engine/engine-services.ts';
import type { EngineOptions, RunningEngine } from '../../src/engine/start-engine.ts';
import { startEngine } from '../../src/engine/start-engine.ts';
import { realServices } from '../../src/engine/wiring.ts';
import type { FieldFiles } from '../../src/contract/field-files.ts';
import type { ListedModel } from '../../src/services/model-store/load-model.ts';
import { fakeWorkers } from './fake-worker.ts';
import { SMALL_FIELD_ROWS, writeSmallField } from './small-field.ts';

/** A model that no worker of these tests ever loads. */
export function listedModel(id: string, digit: string): ListedModel {
  const { features, cutout, ...rest } = recipeOf('compact');
  const recipe = { ...rest, features: { ...features }, cutout: { ...cutout, channels: [...cutout.channels] } };
  return {
    folder: `/models/${id}`,
    isShipped: true,
    description: {
      version: 1,
      id,
      network: 'compact',
      recipe,
      featureNames: [...featureNamesOf(recipe.features)],
      classes: ['S', 'MC'],
      threshold: 0.5,
      isTrained: true,
      trainedOn: 'nothing: a description for tests',
      trainingDataSha256: null,
      metrics: [{ name: 'ROC AUC', value: 0.95, low: 0.93, high: null }],
      seed: 1,
      softwareVersion: '0.0.0',
      weightsSha256: digit.repeat(64),
      parameterCount: 10,
      createdAt: '2026-01-01T00:00:00.000Z',
    },
  };
}

export type Client = ContractRouterClient<typeof api>;

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface TestEngine {
  readonly engine: RunningEngine;
  readonly folder: string;
  readonly files: FieldFiles;
  readonly bugs: unknown[];
  /** One raw request: nothing normalises its path or adds a header. */
  get(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<HttpAnswer>;
  /** The `Cookie` header of a new session. */
  signIn(): Promise<string>;
  connect(): Promise<Client>;
  close(): Promise<void>;
}

/** Two batches that hold every row of the small field. */
export const SMALL_FIELD_BATCHES = [0, 1].map((batch) =>
  Array.from({ length: SMALL_FIELD_ROWS / 2 }, (_, row) => batch * (SMALL_FIELD_ROWS / 2) + row),
);

/** An engine on the small field with the real services, but for workers, models and the demo. */
export async function startTestEngine(
  options: Partial<EngineOptions> & { readonly fakes?: Partial<EngineServices>; readonly inFolder?: string } = {},
): Promise<TestEngine> {
  const folder = options.inFolder ?? realpathSync(mkdtempSync(join(tmpdir(), 'lobate-engine-')));
  const data = join(folder, 'data');
  mkdirSync(join(folder, 'window', 'assets'), { recursive: true });
  mkdirSync(data, { recursive: true });
  writeFileSync(join(folder, 'window', 'index.html'), '<!doctype html><title>Lobate</title>');
  writeFileSync(join(folder, 'window', 'assets', 'app-1234.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'outside the window and the data');
  const files = writeSmallField(data);
  const bugs: unknown[] = [];
  const cacheFolder = join(folder, 'cache');
  const engine = await startEngine({
    host: 'web',
    startWorker: fakeWorkers({ batches: SMALL_FIELD_BATCHES }).start,
    startFolder: data,
    allowedFolders: [],
    cacheFolder,
    modelFolders: [],
    rendererFolder: join(folder, 'window'),
    softwareVersion: '0.0.0',
    services: {
      ...realServices({ cacheFolder, modelFolders: [] }),
      listModels: () => Promise.resolve([listedModel('first', 'a'), listedModel('second', 'b')]),
      // The workers of these tests test no device.
      presentProviders: () => ['cpu'],
      ensureDemoField: () => Promise.resolve(files),
      // Their mosaics are too small for threads.
      expectField: () => undefined,
      ...options.fakes,
    },
    onBug: (thrown) => bugs.push(thrown),
    ...options,
  });

  const get: TestEngine['get'] = (path, headers = {}, method = 'GET') =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: engine.port, path, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
      sent.on('error', reject);
      sent.end();
    });
  const signIn = async (): Promise<string> => {
    const { pathname, search } = new URL(engine.tokenUrl());
    const { headers } = await get(pathname + search);
    return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  };
  const sockets: WebSocket[] = [];
  return {
    engine,
    folder,
    files,
    bugs,
    get,
    signIn,
    connect: async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${engine.port}/rpc`, { headers: { Cookie: await signIn() } });
      sockets.push(socket);
      await new Promise((resolve, reject) => {
        socket.once('open', resolve);
        socket.once('error', reject);
      });
      return createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
    },
    close: async () => {
      for (const socket of sockets) socket.terminate();
      await engine.close();
      if (options.inFolder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
