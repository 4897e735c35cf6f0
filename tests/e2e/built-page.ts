import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, extname, join, normalize, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

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

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array | string;
}

interface ServedPage {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Bundles a page of parts of the window. @returns the path of the built one */
export async function buildPage(htmlPath: string): Promise<string> {
  const name = basename(htmlPath);
  const outDir = resolve(import.meta.dirname, '../../out/pages', basename(name, '.html'));
  await build({
    root: dirname(htmlPath),
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2600,
      rolldownOptions: { input: htmlPath },
    },
  });
  return join(outDir, name);
}

/** Serves a built page, and what `answer` has, on a loopback port. */
export async function servePage(
  builtPath: string,
  answer: (pathname: string) => Promise<Answer | undefined>,
): Promise<ServedPage> {
  async function fileAt(pathname: string): Promise<Answer> {
    const path = pathname === '/' ? builtPath : join(dirname(builtPath), normalize(pathname));
    const body = await readFile(path).catch(() => undefined);
    if (body === undefined) return { status: 404, contentType: 'text/plain', body: '' };
    return { status: 200, contentType: TYPES[extname(path)] ?? 'application/octet-stream', body };
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    answer(pathname)
      .then(async (known) => {
        const { status, contentType, body } = known ?? (await fileAt(pathname));
        const length = Buffer.byteLength(body);
        response.writeHead(status, {
          'Content-Type': contentType,
          'Content-Length': length,
          'Content-Security-Policy': POLICY,
        });
        response.end(body);
      })
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
