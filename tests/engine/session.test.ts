import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from 'vitest';
import { refusalOf, securityHeaders } from '../../src/engine/web/security-headers.ts';
import { createSessionKeeper, TOKEN_LIFETIME_MS } from '../../src/engine/project/session.ts';

/** The `name=value` part of a Set-Cookie header: what the browser sends back. */
const sentBack = (setCookie: string | undefined): string => setCookie?.split(';')[0] ?? '';

describe('a token', () => {
  test('that was used is not accepted again', () => {
    const sessions = createSessionKeeper();
    const token = sessions.newToken();
    expect(sessions.exchange(token)).toBeDefined();
    expect(sessions.exchange(token)).toBeUndefined();
  });

  test('that was made up is not accepted', () => {
    const sessions = createSessionKeeper();
    sessions.newToken();
    expect(sessions.exchange('')).toBeUndefined();
    expect(sessions.exchange('A'.repeat(43))).toBeUndefined();
  });

  test('is accepted until five minutes have passed and not from then on', () => {
    let nowMs = 1000;
    const sessions = createSessionKeeper(() => nowMs);
    const early = sessions.newToken();
    const late = sessions.newToken();
    nowMs += TOKEN_LIFETIME_MS - 1;
    expect(sessions.exchange(early)).toBeDefined();
    nowMs += 1;
    expect(sessions.exchange(late)).toBeUndefined();
  });

  test('carries 256 bits', () => {
    expect(Buffer.from(createSessionKeeper().newToken(), 'base64url')).toHaveLength(32);
  });
});

describe('a session', () => {
  test('is a cookie that scripts cannot read and other sites cannot send', () => {
    const sessions = createSessionKeeper();
    const setCookie = sessions.exchange(sessions.newToken());
    expect(setCookie).toMatch(/^lobate-[0-9a-f]{16}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(sessions.admits(`theme=dark; ${sentBack(setCookie)}`)).toBe(true);
  });

  test('of one engine is none of another, although browsers send it to every port', () => {
    const first = createSessionKeeper();
    const second = createSessionKeeper();
    const cookie = sentBack(first.exchange(first.newToken()));
    expect(first.cookieName).not.toBe(second.cookieName);
    expect(second.admits(cookie)).toBe(false);
    expect(second.admits(cookie.replace(first.cookieName, second.cookieName))).toBe(false);
  });

  test('needs the whole secret', () => {
    const sessions = createSessionKeeper();
    const cookie = sentBack(sessions.exchange(sessions.newToken()));
    expect(sessions.admits(undefined)).toBe(false);
    expect(sessions.admits(`${sessions.cookieName}=`)).toBe(false);
    expect(sessions.admits(cookie.slice(0, -1))).toBe(false);
  });
});

describe('headers', () => {
  test.each<[IncomingHttpHeaders, string]>([
    [{}, 'no Host'],
    [{ host: 'lobate.example.org' }, 'a name that is not this machine (DNS rebinding)'],
    [{ host: '127.0.0.1.example.org' }, 'a name that begins like this machine'],
    [{ host: '192.168.0.7:4000' }, 'the address on the network'],
    [{ host: '127.0.0.1:4000', origin: 'http://example.org' }, 'the origin of another site'],
    [{ host: '127.0.0.1:4000', origin: 'http://127.0.0.1:4001' }, 'the origin of another program here'],
    [{ host: '127.0.0.1:4000', origin: 'https://127.0.0.1:4000' }, 'another scheme'],
    [{ host: '127.0.0.1:4000', origin: 'null' }, 'a sandboxed page'],
  ])('%j are refused: %s', (headers) => {
    expect(refusalOf(headers)).toBeDefined();
  });

  test.each<[IncomingHttpHeaders]>([
    [{ host: '127.0.0.1:4000' }],
    [{ host: 'localhost:4000', origin: 'http://localhost:4000' }],
    [{ host: '[::1]:4000' }],
  ])('%j are in order', (headers) => {
    expect(refusalOf(headers)).toBeUndefined();
  });

  test('the policy allows no other machine, no inline script and no framing', () => {
    const headers = securityHeaders('127.0.0.1:4000');
    expect(headers['Content-Security-Policy']).toBe(
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; " +
        "img-src 'self' data: blob:; font-src 'self' data:; " +
        "connect-src 'self' data: blob: ws://127.0.0.1:4000; worker-src 'self' blob:",
    );
    const open = securityHeaders('127.0.0.1:4000', ['https://hips.example'])['Content-Security-Policy']!;
    expect(open.replaceAll(' https://hips.example', '')).toBe(headers['Content-Security-Policy']);
    const opened = open.split('; ').filter((directive) => directive.includes('hips.example'));
    expect(opened.map((directive) => directive.split(' ')[0])).toEqual(['img-src', 'connect-src']);
    expect(headers).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
    });
  });
});
