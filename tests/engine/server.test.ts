import { WebSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TOKEN_LIFETIME_MS } from '../../src/engine/project/session.ts';
import type { TestEngine } from './test-engine.ts';
import { startTestEngine } from './test-engine.ts';

let nowMs: number;
let bench: TestEngine;

beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 1);
  bench = await startTestEngine({ now: () => nowMs });
});
afterEach(async () => {
  await bench.close();
  expect(bench.bugs).toEqual([]);
});

/** 'open', or the status that the upgrade was refused with. */
function upgrade(headers: Readonly<Record<string, string>>, path = '/rpc'): Promise<'open' | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${bench.engine.port}${path}`, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('unexpected-response', (sent, response) => {
      sent.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => undefined);
  });
}

describe('without a session', () => {
  test.each(['/', '/index.html', '/data/sources', '/data/cutout/0', '/hips/x/properties', '/export/file'])(
    '%s is answered 401 with where to find the address',
    async (path) => {
      const answer = await bench.get(path);
      expect(answer.status).toBe(401);
      expect(answer.body.toString()).toContain('terminal');
    },
  );

  test('the WebSocket is refused', async () => {
    expect(await upgrade({})).toBe(401);
    expect(await upgrade({ Cookie: 'lobate-0000000000000000=guess' })).toBe(401);
  });
});

describe('the address with its token', () => {
  const pathOf = (url: string): string => new URL(url).pathname + new URL(url).search;

  test('works once: it gives the cookie and leads to the app', async () => {
    const path = pathOf(bench.engine.tokenUrl());
    const first = await bench.get(path);
    expect(first).toMatchObject({ status: 302, headers: { location: '/' } });
    expect(first.headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Strict$/);
    const second = await bench.get(path);
    expect(second.status).toBe(401);
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  test('does not work after five minutes', async () => {
    const path = pathOf(bench.engine.tokenUrl());
    nowMs += TOKEN_LIFETIME_MS;
    expect((await bench.get(path)).status).toBe(401);
  });

  test('is not used up by a link preview (HEAD)', async () => {
    const path = pathOf(bench.engine.tokenUrl());
    expect((await bench.get(path, {}, 'HEAD')).headers['set-cookie']).toBeUndefined();
    expect((await bench.get(path)).status).toBe(302);
  });

  test('followed from another site enters by a page, whose own navigation carries the strict cookie', async () => {
    const answer = await bench.get(pathOf(bench.engine.tokenUrl()), { 'Sec-Fetch-Site': 'cross-site' });
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toHaveLength(1);
    expect(answer.body.toString()).toContain('http-equiv="refresh"');
  });
});

describe('with a session', () => {
  test.each([
    [{ Host: 'lobate.example.org' }],
    [{ Host: '10.0.0.5' }],
    [{ Origin: 'http://example.org' }],
    [{ Origin: 'null' }],
  ])('a request with %j is refused, also as WebSocket', async (headers) => {
    const Cookie = await bench.signIn();
    expect((await bench.get('/', { Cookie, ...headers })).status).toBe(403);
    expect(await upgrade({ Cookie, ...headers })).toBe(403);
  });

  test('the WebSocket opens under its own origin and under no other path', async () => {
    const Cookie = await bench.signIn();
    expect(await upgrade({ Cookie, Origin: bench.engine.url })).toBe('open');
    expect(await upgrade({ Cookie })).toBe('open');
    expect(await upgrade({ Cookie }, '/elsewhere')).toBe(403);
  });

  test('the app is served with a policy that names this host only', async () => {
    const answer = await bench.get('/', { Cookie: await bench.signIn() });
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toContain('<title>Lobate</title>');
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    expect(answer.headers['content-security-policy']).toContain(`ws://127.0.0.1:${bench.engine.port}`);
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/data/cutout/../../secret.txt',
    '/hips/../../secret.txt',
    '/%00',
    '/%zz',
  ])('%s leads to no file', async (path) => {
    const answer = await bench.get(path, { Cookie: await bench.signIn() });
    expect(answer.body.toString()).not.toContain('outside the window');
    expect([400, 404]).toContain(answer.status);
  });

  test('only GET and HEAD are answered', async () => {
    const Cookie = await bench.signIn();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await bench.get('/', { Cookie }, method)).status).toBe(405);
    }
  });

  test('a session of another engine is not accepted here', async () => {
    const other = await startTestEngine();
    try {
      const Cookie = await other.signIn();
      expect((await other.get('/', { Cookie })).status).toBe(200);
      expect((await bench.get('/', { Cookie })).status).toBe(401);
    } finally {
      await other.close();
    }
  });

  test('doors say that no field is open', async () => {
    const Cookie = await bench.signIn();
    for (const path of ['/data/sources', '/data/predictions', '/data/cutout/0', '/export/file']) {
      const answer = await bench.get(path, { Cookie });
      expect(answer.status).toBe(404);
      expect(answer.body.toString()).toContain('No field is open');
    }
  });
});
