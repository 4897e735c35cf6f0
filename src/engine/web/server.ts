import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { paths } from '../../contract/paths.ts';
import { describeError } from '../../core/result/describe-error.ts';
import { domainErrorOf } from '../../core/result/failure.ts';
import { inTurn } from '../../services/threads/in-turn.ts';
import type { DoorAnswer } from './door-answer.ts';
import { answerDoor } from './binary-doors.ts';
import type { EngineContext } from '../router/engine-context.ts';
import { router } from '../router/index.ts';
import { refusalOf, securityHeaders } from './security-headers.ts';
import { answerSkyDoor, isSkyDoor } from './sky-doors.ts';
import type { SessionKeeper } from '../project/session.ts';
import { ENTER_PAGE, NOT_BUILT_PAGE, SIGN_IN_PAGE } from '../project/session-pages.ts';
import type { StaticHandler } from './static-files.ts';

/** Only this machine: a remote window comes through ssh. */
const ADDRESS = '127.0.0.1';

/** Calls are small, but for a list of labels that is read in; data goes the other way and through the doors. */
const LARGEST_MESSAGE_BYTES = 16 * 1024 * 1024;

export interface EngineServerOptions {
  readonly context: EngineContext;
  readonly sessions: SessionKeeper;
  /** Undefined where the window is not built. */
  readonly staticFiles: StaticHandler | undefined;
  /** 0 for any free port. */
  readonly port: number;
  /** Told of failures that are bugs. */
  onBug(thrown: unknown): void;
}

export interface EngineServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the one server of an engine: window, calls and doors. Rejects where the port is taken. */
export async function startServer(options: EngineServerOptions): Promise<EngineServer> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch((thrown: unknown) => {
      options.onBug(thrown);
      if (response.headersSent) response.destroy();
      else sendText(response, 500, 'The engine failed on this request.');
    });
  });
  const sockets = serveCalls(server, options);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, ADDRESS, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  { context, sessions, staticFiles }: EngineServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refusalOf(request.headers);
  if (refusal !== undefined) {
    sendText(response, 403, refusal);
    return;
  }
  for (const [name, value] of Object.entries(securityHeaders(request.headers.host!, context.online.origins))) {
    response.setHeader(name, value);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    sendText(response, 405, 'Only GET and HEAD are answered here.');
    return;
  }
  const url = urlOf(request);
  if (url === undefined) {
    sendText(response, 400, 'This is not an address.');
    return;
  }
  if (url.pathname === paths.session) {
    enter(sessions, url, request, response);
    return;
  }
  if (!sessions.admits(request.headers.cookie)) {
    sendPage(response, 401, SIGN_IN_PAGE);
    return;
  }

  const door = await answerDoorSafely(url, context);
  if (door !== undefined) return sendDoor(response, door, request.method === 'HEAD');
  if (staticFiles === undefined) {
    sendPage(response, 503, NOT_BUILT_PAGE);
    return;
  }
  staticFiles(request, response, () => sendText(response, 404, 'There is nothing here.'));
}

/** Exchanges the token of the address for the cookie. HEAD does not use the token up: link previews send it. */
function enter(sessions: SessionKeeper, url: URL, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Cache-Control', 'no-store');
  const token = url.searchParams.get('token');
  const cookie = token === null || request.method === 'HEAD' ? undefined : sessions.exchange(token);
  if (cookie !== undefined) response.setHeader('Set-Cookie', cookie);
  // A window that has its session already may follow an old address: let it in.
  if (cookie === undefined && !sessions.admits(request.headers.cookie)) {
    sendPage(response, 401, SIGN_IN_PAGE);
    return;
  }
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    sendPage(response, 200, ENTER_PAGE);
    return;
  }
  response.writeHead(302, { Location: '/' }).end();
}

const isDoor = (pathname: string): boolean =>
  ['/data/', paths.hips, '/export/'].some((prefix) => pathname.startsWith(prefix));

async function answerDoorSafely(
  url: URL,
  { workbench, services, softwareVersion }: EngineContext,
): Promise<DoorAnswer | undefined> {
  if (!isDoor(url.pathname)) return undefined;
  const text = (status: number, sentence: string): DoorAnswer => ({
    status,
    contentType: 'text/plain; charset=utf-8',
    body: [sentence],
  });
  try {
    const found = await (isSkyDoor(url.pathname)
      ? answerSkyDoor(url, (key) => workbench.tiles(key))
      : answerDoor(url, workbench.openProject, services, softwareVersion));
    return found ?? text(404, 'There is nothing here.');
  } catch (thrown) {
    const error = domainErrorOf(thrown);
    if (error === undefined) throw thrown;
    return text(error.kind === 'project-none-open' || error.kind === 'run-not-found' ? 404 : 422, describeError(error));
  }
}

function serveCalls(server: Server, options: EngineServerOptions): WebSocketServer {
  const { context, sessions } = options;
  const onBug = (thrown: unknown): void => options.onBug(thrown);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE_BYTES });
  const handler = new RPCHandler(router, {
    clientInterceptors: [
      async (call) => {
        try {
          return await call.next();
        } catch (thrown) {
          if (isBug(thrown)) onBug(thrown);
          throw thrown;
        }
      },
    ],
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const isRefused = refusalOf(request.headers) !== undefined || urlOf(request)?.pathname !== paths.rpc;
    if (isRefused || !sessions.admits(request.headers.cookie)) {
      socket.end(`HTTP/1.1 ${isRefused ? '403 Forbidden' : '401 Unauthorized'}\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      handler.upgrade(webSocket, { context }).catch(onBug);
    });
  });
  return sockets;
}

/** Not a refusal, not a request that was cancelled, not one that was malformed. */
function isBug(thrown: unknown): boolean {
  if (thrown instanceof Error && thrown.name === 'AbortError') return false;
  const status = thrown instanceof Error && 'status' in thrown ? Number(thrown.status) : 500;
  return status >= 500;
}

function urlOf(request: IncomingMessage): URL | undefined {
  // The host is fixed: only path and query of a request line count here.
  return URL.parse(request.url ?? '/', `http://${ADDRESS}`) ?? undefined;
}

async function sendDoor(response: ServerResponse, door: DoorAnswer, isHead: boolean): Promise<void> {
  response.statusCode = door.status;
  response.setHeader('Content-Type', door.contentType);
  response.setHeader('Cache-Control', door.isImmutable ? 'private, max-age=31536000, immutable' : 'no-store');
  if (door.fileName !== undefined) {
    const ascii = door.fileName.replace(/[^\w.+-]/g, '_');
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(door.fileName)}`,
    );
  }
  if (isHead) {
    response.end();
    return;
  }
  if (door.body instanceof Uint8Array) {
    response.setHeader('Content-Length', door.body.byteLength);
    response.end(door.body);
    return;
  }
  // A browser that goes away in mid-export is no failure.
  await pipeline(inTurn(door.body), response).catch(() => undefined);
}

function sendText(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(sentence);
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(html);
}
