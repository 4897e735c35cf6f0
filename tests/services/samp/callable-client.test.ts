import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { CallableClient, HubSaying } from '../../../src/services/samp/callable-client.ts';
import { startCallableClient } from '../../../src/services/samp/callable-client.ts';
import type { SampValue } from '../../../src/services/samp/samp-value.ts';
import { callText, parseXmlRpc } from '../../../src/services/samp/xml-rpc.ts';

const KEY = 'k3y';
const PING = { 'samp.mtype': 'samp.app.ping', 'samp.params': {} };

let client: CallableClient;
let said: HubSaying[];
afterEach(() => client.close());

const start = async (key: string | undefined = KEY): Promise<void> => {
  said = [];
  client = await startCallableClient(
    () => key,
    (saying) => said.push(saying),
  );
};

interface Answer {
  readonly status: number;
  readonly text: string;
}

function send(
  body: string,
  options: { readonly path?: string; readonly host?: string; readonly method?: string } = {},
) {
  const { port, pathname } = new URL(client.url);
  return new Promise<Answer>((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path: options.path ?? pathname,
        method: options.method ?? 'POST',
        headers: { Host: options.host ?? `127.0.0.1:${port}` },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const call = (method: string, ...params: readonly SampValue[]): Promise<Answer> =>
  send(callText(`samp.client.${method}`, params));

describe('the door for the hub', () => {
  test.each([
    ['another path', { path: '/' }, 404],
    ['another host in the request, as of a page that bends a name to this machine', { host: 'evil.example' }, 404],
    ['GET', { method: 'GET' }, 405],
  ])('stays closed for %s', async (_, options, status) => {
    await start();
    const text = callText('samp.client.receiveNotification', [KEY, 'c1', PING]);
    expect((await send('method' in options ? '' : text, options)).status).toBe(status);
    expect(said).toEqual([]);
  });

  test.each([
    ['a wrong key', ['wrong', 'c1', PING]],
    ['no key', []],
    ['a list for a key', [[KEY], 'c1', PING]],
    ['a message without MType', [KEY, 'c1', {}]],
    ['no message', [KEY, 'c1']],
  ])('answers %s with a fault and tells nobody', async (_, params) => {
    await start();
    const { text } = await call('receiveNotification', ...params);
    expect(parseXmlRpc(text)).toMatchObject({ kind: 'fault' });
    expect(said).toEqual([]);
  });

  test('is closed to everybody before the hub has given a key', async () => {
    said = [];
    client = await startCallableClient(
      () => undefined,
      (saying) => said.push(saying),
    );
    expect(parseXmlRpc((await call('receiveNotification', '', 'c1', PING)).text)).toMatchObject({ kind: 'fault' });
    expect(said).toEqual([]);
  });

  test('does not read what is too long to its end', async () => {
    await start();
    // The answer may or may not reach a sender that still writes; nothing may reach us.
    await send('x'.repeat(33 * 1024 * 1024)).catch(() => undefined);
    expect(said).toEqual([]);
  });

  test('passes on notifications, calls and responses, and answers at once', async () => {
    await start();
    const message = { 'samp.mtype': 'coord.pointAt.sky', 'samp.params': { ra: '1', dec: '2' } };
    await call('receiveNotification', KEY, 'c1', message);
    await call('receiveCall', KEY, 'c2', 'id-7', message);
    const response = { 'samp.status': 'samp.ok', 'samp.result': {} };
    expect(parseXmlRpc((await call('receiveResponse', KEY, 'c3', 'tag', response)).text)).toEqual({
      kind: 'response',
      value: '',
    });
    const expected = { mtype: 'coord.pointAt.sky', params: { ra: '1', dec: '2' } };
    expect(said).toEqual([
      { kind: 'notification', sender: 'c1', message: expected },
      { kind: 'call', sender: 'c2', messageId: 'id-7', message: expected },
      { kind: 'response', responder: 'c3', tag: 'tag', response },
    ]);
  });
});
