import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import type { TileService } from '../../src/services/tiles/tile-service-types.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE_FOLDER = join(ROOT, 'tests/e2e/page');
const BUILT_FOLDER = join(ROOT, 'out/sky-map-page');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
};
/** The engine's policy: what runs here runs there. */
const POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
  "font-src 'self' data:; connect-src 'self' data: blob:; worker-src blob:";

/** Columns of the page's test field, see page/sky-map-page.tsx. */
export interface PageField {
  readonly sources: Readonly<Record<string, readonly number[]>>;
  readonly probability: readonly (number | null)[];
}

export interface SkyMapServer {
  readonly url: string;
  /** Requests for tiles so far. */
  readonly tilePaths: readonly string[];
  /** Answers every tile from now on with half of its bytes: what kills Aladin's WebAssembly. */
  truncateTiles(isOn: boolean): void;
  close(): Promise<void>;
}

/** Bundles the test page once. */
export async function buildSkyMapPage(): Promise<void> {
  await build({
    root: PAGE_FOLDER,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: BUILT_FOLDER,
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2600,
      rolldownOptions: { input: join(PAGE_FOLDER, 'sky-map.html') },
    },
  });
}

/** Serves the built page, the field's tiles and its sources on a loopback port. */
export async function serveSkyMap(tiles: TileService, field: PageField): Promise<SkyMapServer> {
  const tilePaths: string[] = [];
  let isTruncating = false;
  const fieldJson = JSON.stringify({ hipsUrl: `/hips/${tiles.key}`, initialView: tiles.initialView, ...field });

  async function answer(pathname: string, response: ServerResponse): Promise<void> {
    const tile = await tiles.handle(pathname);
    if (tile !== undefined) {
      tilePaths.push(pathname);
      const cut = isTruncating && pathname.includes('Npix');
      const body = cut ? tile.body.subarray(0, tile.body.length >> 1) : tile.body;
      response.writeHead(tile.status, { 'Content-Type': tile.contentType, 'Content-Length': body.length });
      response.end(body);
      return;
    }
    if (pathname === '/field.json') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(fieldJson);
      return;
    }
    const file = normalize(pathname === '/' ? '/sky-map.html' : pathname);
    const body = await readFile(join(BUILT_FOLDER, file)).catch(() => undefined);
    if (body === undefined) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': POLICY }).end(body);
  }

  const server = createServer((request: IncomingMessage, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    answer(pathname, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    tilePaths,
    truncateTiles: (isOn) => (isTruncating = isOn),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      tiles.close();
    },
  };
}
