import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { Page } from 'playwright-core';
import { WebSocket } from 'ws';
import type { api } from '../../src/contract/api.ts';
import { paths } from '../../src/contract/paths.ts';

const entry = resolve(import.meta.dirname, '../../src/cli/index.ts');

/** `lobate serve` as a user runs it: a process of its own, addressed only through what it prints and serves. */
export interface ServedApp {
  readonly process: ChildProcess;
  /** The address with its one-time token. */
  readonly tokenUrl: string;
  /** Resolves with the summary line that is printed when the field is classified. */
  readonly summary: Promise<string>;
  /** Process ids of its workers at this moment. */
  workerPids(): number[];
  /** Ctrl+C, and wait for the end. */
  stop(): Promise<void>;
  /** kill -9, and wait for the end. */
  kill(): Promise<void>;
}

export async function serveApp(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ServedApp> {
  const child = spawn(execPath, [entry, 'serve', '--no-open', ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  const ended = new Promise<void>((done) => child.once('exit', () => done()));

  let sayUrl: (url: string) => void;
  let saySummary: (line: string) => void;
  const url = new Promise<string>((done) => (sayUrl = done));
  const summary = new Promise<string>((done) => (saySummary = done));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const address = /http:\/\/127\.0\.0\.1\S+/.exec(line)?.[0];
    if (address !== undefined) sayUrl(address);
    else if (line.includes('flagged at')) saySummary(line);
  });
  const tokenUrl = await Promise.race([
    url,
    ended.then(() => {
      throw new Error(`lobate serve ended: ${complaints.join('')}`);
    }),
  ]);
  return {
    process: child,
    tokenUrl,
    summary,
    workerPids: () => childrenOf(child.pid!),
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

/** Enters by the token and speaks the contract, as the window does. */
export async function connectClient(tokenUrl: string): Promise<ContractRouterClient<typeof api>> {
  const answer = await fetch(tokenUrl, { redirect: 'manual' });
  return connectWithCookie(tokenUrl, answer.headers.getSetCookie()[0]!.split(';')[0]!);
}

/** Speaks the contract beside a window that has entered already; the token works only once. */
export async function connectBeside(page: Page, address: string): Promise<ContractRouterClient<typeof api>> {
  const cookies = await page.context().cookies(new URL(address).origin);
  return connectWithCookie(address, cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
}

async function connectWithCookie(address: string, cookie: string): Promise<ContractRouterClient<typeof api>> {
  const { origin, host } = new URL(address);
  const socket = new WebSocket(`ws://${host}${paths.rpc}`, { headers: { Cookie: cookie, Origin: origin } });
  await new Promise((done, fail) => {
    socket.once('open', done);
    socket.once('error', fail);
  });
  // The engine may be killed under the socket; that is what the tests are about.
  socket.on('error', () => undefined);
  return createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
}
