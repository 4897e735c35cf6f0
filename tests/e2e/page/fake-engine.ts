/**
 * An engine of made-up data that speaks the real contract, for looking at and testing the page alone.
 * `node tests/e2e/page/fake-engine.ts [port]` serves `out/renderer` with it.
 */
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { implement, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { api } from '../../../src/contract/api.ts';
import { packColumns } from '../../../src/contract/packed-columns.ts';
import type { PackableArray } from '../../../src/contract/packed-columns.ts';
import { paths } from '../../../src/contract/paths.ts';
import type { EngineEvent, ProjectSummary, RunSummary } from '../../../src/contract/schemas.ts';
import { recipeSchema } from '../../../src/contract/recipe-schema.ts';
import { PUBLISHED_SISG } from '../../../src/core/features/feature-recipe.ts';
import { withGeometry } from '../../../src/core/network/geometry.ts';
import { recipeOf, withScaling } from '../../../src/core/network/presets.ts';
import { blankHips } from '../../../src/services/tiles/hips.ts';
import { fakeColumns } from './fake-columns.ts';
import { fakeDevice } from './fake-device.ts';
import { fakeAssociations, fakeLabels } from './fake-labels.ts';
import { FAKE_RATES, fakeReference, otherPredictions, syntheticSpreads } from './fake-reference.ts';
import { fakeSamp } from './fake-samp.ts';
import { fakeSession } from './fake-session.ts';
import { fakePreferred, fakeTraining } from './fake-training.ts';
import { syntheticCutout, syntheticDetails, syntheticField } from './synthetic-field.ts';

const TYPES: Partial<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

export interface FakeEngineOptions {
  readonly port: number;
  /** Opens with the field, or with the start page. */
  readonly isOpen: boolean;
  readonly isTrained: boolean;
  readonly rendererFolder: string;
  /** Rows of the catalogue; 3000 where absent. */
  readonly rowCount?: number;
  /** Whether the truth of the field is loaded from the start. */
  readonly hasLabels?: boolean;
}

export interface FakeEngine {
  readonly url: string;
  readonly send: (event: EngineEvent) => void;
  /** From now on the field is one that this machine has not seen. */
  readonly forgetSession: () => void;
  readonly close: () => Promise<void>;
}

/** Of a standardised model on resampled cutouts: two settings and the network differ from the published recipe. */
const RUN_RECIPE = recipeSchema.parse(withGeometry(withScaling(recipeOf('compact'), 'standardise'), 'angular'));

/** Splits an object of arrays and values into what `packColumns` takes. */
function packed(columns: object): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(columns) as [string, unknown][];
  const isArray = (value: unknown): value is PackableArray => ArrayBuffer.isView(value);
  const arrays: Record<string, PackableArray> = {};
  const values: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    if (isArray(value)) arrays[name] = value;
    else values[name] = value;
  }
  return packColumns(arrays, values);
}

export async function startFakeEngine(options: FakeEngineOptions): Promise<FakeEngine> {
  const field = syntheticField(options.rowCount ?? 3000, 7);
  const session = fakeSession();
  const reference = fakeReference(field, options.hasLabels === true);
  const sisgCount = field.sources.sisg.reduce((sum, value) => sum + value, 0);
  let isOpen = options.isOpen;
  const listeners = new Set<(event: EngineEvent) => void>();
  const send = (event: EngineEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const run: RunSummary = {
    id: 1,
    modelId: 'compact-sim-4',
    weightsSha256: '0'.repeat(64),
    isTrained: options.isTrained,
    state: 'complete',
    rowsDone: field.sources.rowCount,
    rowsTotal: field.sources.rowCount,
    devices: [{ fromBatch: 0, provider: 'cpu' as const, adapter: 'a processor of two cores', why: null }],
    startedAt: '2026-01-01T20:00:00Z',
    finishedAt: '2026-01-01T20:03:00Z',
    threshold: 0.5,
    geometry: 'pixels',
    failure: null,
  };
  const project = (): ProjectSummary => ({
    name: 'Demo field',
    path: '/data/demo.lobate',
    isDemo: true,
    opening: 1,
    isTakenUp: true,
    mosaics: [
      {
        name: 'P205+55',
        path: '/data/P205+55-mosaic.fits',
        widthPix: 3000,
        heightPix: 3000,
        pixelScaleArcsec: 1.5,
        projection: 'SIN',
        centreRaDeg: 205,
        centreDecDeg: 55,
        beamMajArcsec: 6,
        beamMinArcsec: 6,
        beamPaDeg: 0,
        unit: 'Jy/beam',
      },
    ],
    catalogue: {
      path: '/data/P205+55.srl.fits',
      dialect: 'LoTSS DR1',
      rowCount: field.sources.rowCount,
      sisgCount,
      onMosaicCount: 2976,
      hasGaussians: true,
      hasLikelihoodRatios: false,
    },
    sky: { hipsKey: 'fake', raDeg: 205, decDeg: 55, fovDeg: 1.3 },
    firstLook: null,
    holds: [],
    notices: [
      { level: 'info', message: 'Gaussians: 3,210 of 3,210 belong to 3,000 sources, joined by Source_Name.' },
      {
        level: 'warning',
        message:
          'There are no likelihood ratios: a model that takes them counts every source as without an optical match.',
      },
    ],
    run,
  });
  const refuse = (kind: string, sentence: string): ORPCError<'REFUSED', { kind: string; sentence: string }> =>
    new ORPCError('REFUSED', { status: 422, data: { kind, sentence } });

  const sky = blankHips();
  const os = implement(api);
  const router = os.router({
    app: {
      about: os.app.about.handler(() => ({
        version: '0.1.0',
        host: 'web' as const,
        startFolder: '/data',
      })),
      events: os.app.events.handler(async function* ({ signal }) {
        const queue: EngineEvent[] = [];
        let wake: () => void = () => undefined;
        const listener = (event: EngineEvent): void => {
          queue.push(event);
          wake();
        };
        listeners.add(listener);
        signal?.addEventListener('abort', () => wake());
        try {
          while (signal?.aborted !== true) {
            for (let next = queue.shift(); next !== undefined; next = queue.shift()) yield next;
            await new Promise<void>((resolve) => (wake = resolve));
          }
        } finally {
          listeners.delete(listener);
        }
      }),
    },
    samp: fakeSamp(),
    export: {
      place: os.export.place.handler(({ input }) => ({
        folder: '/data/lotss',
        fileName: `P205+55-${input.rows}.${input.format}`,
      })),
      save: os.export.save.handler(({ input }) => ({ path: input.path, rows: 12 })),
    },
    project: {
      current: os.project.current.handler(() => (isOpen ? project() : null)),
      recent: os.project.recent.handler(() => [
        { name: 'P205+55', path: '/data/lotss/P205+55.lobate', openedAt: '2026-01-03T21:12:00Z', exists: true },
        { name: 'ELAIS-N1', path: '/data/deep/ELAIS-N1.lobate', openedAt: '2025-12-20T02:40:00Z', exists: false },
      ]),
      open: os.project.open.handler(() => {
        throw refuse('fits-truncated', 'P205+55-mosaic.fits ends after 12,000 of 36,002,880 bytes: copy it again.');
      }),
      openFile: os.project.openFile.handler(() => project()),
      cancelOpening: os.project.cancelOpening.handler(() => ({})),
      openDemo: os.project.openDemo.handler(() => {
        isOpen = true;
        send({ type: 'project-changed' });
        return project();
      }),
      close: os.project.close.handler(() => {
        isOpen = false;
        send({ type: 'project-changed' });
        return {};
      }),
      preflight: os.project.preflight.handler(() => {
        throw refuse('project-none-open', 'The window does not ask for a preflight yet.');
      }),
    },
    files: {
      images: os.files.images.handler(() => []),
      list: os.files.list.handler(() => ({
        path: '/data/lotss',
        parent: '/data',
        roots: ['/data', '/home/astronomer'],
        entries: [
          {
            name: 'archive',
            path: '/data/lotss/archive',
            kind: 'folder' as const,
            sizeBytes: 0,
            modifiedAt: '2025-11-02T10:00:00Z',
          },
          {
            name: 'P205+55-mosaic.fits',
            path: '/data/lotss/P205+55-mosaic.fits',
            kind: 'fits' as const,
            sizeBytes: 324_000_000,
            modifiedAt: '2025-11-02T10:00:00Z',
          },
          {
            name: 'P206+52-mosaic.fits',
            path: '/data/lotss/P206+52-mosaic.fits',
            kind: 'fits' as const,
            sizeBytes: 324_000_000,
            modifiedAt: '2025-11-02T10:00:00Z',
          },
          {
            name: 'P205+55.srl.fits',
            path: '/data/lotss/P205+55.srl.fits',
            kind: 'fits' as const,
            sizeBytes: 2_400_000,
            modifiedAt: '2025-11-02T10:00:00Z',
          },
          {
            name: 'P205+55.gaul.fits',
            path: '/data/lotss/P205+55.gaul.fits',
            kind: 'fits' as const,
            sizeBytes: 3_100_000,
            modifiedAt: '2025-11-02T10:00:00Z',
          },
          {
            name: 'P205+55.lobate',
            path: '/data/lotss/P205+55.lobate',
            kind: 'project' as const,
            sizeBytes: 1_100_000,
            modifiedAt: '2026-01-03T21:12:00Z',
          },
        ],
      })),
    },
    explain: {
      why: os.explain.why.handler(() => {
        throw refuse('run-not-found', 'Not in these tests.');
      }),
      whatIf: os.explain.whatIf.handler(() => {
        throw refuse('run-not-found', 'Not in these tests.');
      }),
      rotation: os.explain.rotation.handler(({ input: { rows } }) => syntheticSpreads(field, rows)),
      similar: os.explain.similar.handler(() => {
        throw refuse('run-not-found', 'Not in these tests.');
      }),
    },
    device: fakeDevice(),
    models: {
      ...fakePreferred('compact-sim-4'),
      list: os.models.list.handler(() => [
        {
          id: 'compact-sim-4',
          network: 'compact',
          recipeName: 'compact',
          isTrained: options.isTrained,
          trainedOn: 'simulated LoTSS-like sky, seeds 100–131',
          threshold: 0.5,
          parameterCount: 1_714_402,
          weightsSha256: '0'.repeat(64),
          metrics: [{ name: 'ROC AUC', value: 0.967, low: 0.958, high: 0.975 }],
          testRates: FAKE_RATES,
        },
      ]),
      recipes: os.models.recipes.handler(() => [{ modelId: 'compact-sim-4', recipe: RUN_RECIPE, training: null }]),
    },
    run: {
      start: os.run.start.handler(() => run),
      cancel: os.run.cancel.handler(() => ({})),
      resume: os.run.resume.handler(() => run),
      recipe: os.run.recipe.handler(() => RUN_RECIPE),
    },
    evaluation: reference.router,
    sisg: {
      gate: os.sisg.gate.handler(() => ({
        thresholds: PUBLISHED_SISG,
        ofModel: PUBLISHED_SISG,
        ofRun: PUBLISHED_SISG,
      })),
      count: os.sisg.count.handler(() => ({
        rows: 3000,
        sisg: sisgCount,
        rules: [],
        cost: null,
        change: { joins: 0, flaggedJoins: 0, leaves: 0 },
        networkRows: 3000 - sisgCount,
      })),
      choose: os.sisg.choose.handler(({ input }) => ({
        thresholds: input.thresholds ?? PUBLISHED_SISG,
        ofModel: PUBLISHED_SISG,
        ofRun: PUBLISHED_SISG,
      })),
    },
    labels: fakeLabels(),
    associations: fakeAssociations(),
    session: session.router,
    source: {
      details: os.source.details.handler(({ input }) => syntheticDetails(field, input.row)),
      surroundings: os.source.surroundings.handler(({ input }) => ({ row: input.row, gaussians: [] })),
    },
    online: {
      state: os.online.state.handler(() => ({ isOn: false })),
      set: os.online.set.handler(() => undefined),
    },
    sky: {
      levels: os.sky.levels.handler(() => null),
      channels: os.sky.channels.handler(() => ({ logStretch: 'montage' as const, channels: [] })),
      pixel: os.sky.pixel.handler(() => null),
      overview: os.sky.overview.handler(() => null),
    },
    columns: fakeColumns(project),
    table: {
      columns: os.table.columns.handler(() => [
        { name: 'Source_Name', kind: 'text' as const, unit: '', description: '' },
        { name: 'Maj', kind: 'number' as const, unit: 'arcsec', description: 'Major axis, FWHM' },
        { name: 'S_Code', kind: 'text' as const, unit: '', description: '' },
      ]),
    },
    training: fakeTraining(),
  });

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const sendBytes = (bytes: Uint8Array): void =>
      void response.setHeader('content-type', 'application/octet-stream').end(bytes);
    if (pathname === paths.sources) {
      sendBytes(packed(field.sources));
      return;
    }
    if (pathname === paths.predictions) {
      sendBytes(packed(searchParams.has('run') ? otherPredictions(field) : field.predictions));
      return;
    }
    if (pathname === paths.reference && reference.columns !== undefined) {
      sendBytes(packed(reference.columns));
      return;
    }
    if (pathname.startsWith(paths.column)) {
      const numbers = pathname.endsWith('Maj') ? { numbers: Float64Array.from(field.sources.majArcsec) } : {};
      sendBytes(packed({ ...numbers, texts: pathname.endsWith('S_Code') ? field.sources.sCode : field.sources.name }));
      return;
    }
    if (pathname.startsWith(paths.cutout)) {
      sendBytes(packed(syntheticCutout(field, Number.parseInt(pathname.slice(paths.cutout.length)))));
      return;
    }
    if (pathname.startsWith(paths.hips)) {
      // Any field is blank here; what counts is that Aladin Lite finds a sky.
      void sky
        .answer(pathname.slice(paths.hips.length).replace(/^[^/]+\//, ''))
        .then(({ status, contentType, body }) => {
          response.writeHead(status, { 'content-type': contentType }).end(body);
        });
      return;
    }
    const file = join(options.rendererFolder, pathname === '/' ? 'index.html' : pathname);
    if (!existsSync(file)) return void response.writeHead(404).end('There is nothing here.');
    const ownHost = `ws://${request.headers.host ?? ''}`;
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
    response.setHeader(
      'content-security-policy',
      `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob: ${ownHost}; worker-src 'self' blob:`,
    );
    createReadStream(file).pipe(response);
  };

  const server = createServer(answer);
  const sockets = new WebSocketServer({ server, path: paths.rpc });
  const handler = new RPCHandler(router);
  sockets.on('connection', (socket) => void handler.upgrade(socket, { context: {} }));
  await new Promise<void>((resolve) => server.listen(options.port, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://127.0.0.1:${port}/`,
    send,
    forgetSession: session.forget,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
