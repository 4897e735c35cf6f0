import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';

const CLI = join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.ts');

let folder: string;
let serve: ChildProcessByStdio<null, Readable, Readable> | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-serve-'));
});
afterEach(() => {
  serve?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the command and waits for its first line. */
async function start(args: readonly string[]): Promise<string> {
  serve = spawn(process.execPath, [CLI, 'serve', '--no-open', ...args], {
    cwd: folder,
    env: { ...process.env, LOBATE_CACHE: join(folder, 'cache'), LOBATE_DATA: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [line] = (await once(serve.stdout, 'data')) as [Buffer];
  return line.toString();
}

test('serve without files stays up, prints its address, and a Ctrl+C ends it with 0, however often it arrives', async () => {
  const line = await start([]);
  const address = new URL(/http:\/\/127\.0\.0\.1:\d+\/session\?token=\S+/.exec(line)?.[0] ?? '');
  expect((await fetch(new URL('/', address))).status).toBe(401);
  expect((await fetch(address, { redirect: 'manual' })).status).toBe(302);
  const ended = once(serve!, 'exit');
  // The terminal and the launcher both pass it on: at once, when the engine has let go of its port, and ever again
  // until the process is gone.
  const connection = connect(Number(address.port), '127.0.0.1');
  await once(connection, 'connect');
  serve!.kill('SIGINT');
  serve!.kill('SIGINT');
  await once(connection.resume(), 'close');
  const again = setInterval(() => serve!.kill('SIGINT'));
  const [code, signal] = (await ended) as [number | null, string | null];
  clearInterval(again);
  expect([code, signal]).toEqual([0, null]);
});

test('serve with a project that is not there says so in one line and ends with 2', async () => {
  const said: Buffer[] = [];
  const started = start(['--project', join(folder, 'absent.lobate')]);
  serve!.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const ended = once(serve!, 'exit');
  await started;
  expect(await ended).toEqual([2, null]);
  expect(Buffer.concat(said).toString()).toContain('absent.lobate: there is no such file');
});
