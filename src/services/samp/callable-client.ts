import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { boundedBody } from './bounded-body.ts';
import type { SampMap, SampMessage, SampValue } from './samp-value.ts';
import { isMap, textIn } from './samp-value.ts';
import { faultResponseText, parseXmlRpc, responseText } from './xml-rpc.ts';

/** What the hub says to us. */
export type HubSaying =
  | { readonly kind: 'notification'; readonly sender: string; readonly message: SampMessage }
  | { readonly kind: 'call'; readonly sender: string; readonly messageId: string; readonly message: SampMessage }
  | { readonly kind: 'response'; readonly responder: string; readonly tag: string; readonly response: SampMap };

export interface CallableClient {
  readonly url: string;
  close(): Promise<void>;
}

/** A selection of some hundred thousand rows. */
const LARGEST_CALL_BYTES = 32 * 1024 * 1024;
/** The whole of a request has to be here by then [ms]. */
const PATIENCE_MS = 30_000;

/**
 * The door at which the hub calls: on 127.0.0.1, behind a path that nobody can guess, and only for callers that know the
 * key which the hub gave us. It answers at once; what is said is dealt with afterwards.
 * @param key private key of our registration; calls before it is known are refused
 */
export async function startCallableClient(
  key: () => string | undefined,
  onSaying: (saying: HubSaying) => void,
): Promise<CallableClient> {
  const path = `/${randomBytes(16).toString('hex')}`;
  const server = createServer({ requestTimeout: PATIENCE_MS, headersTimeout: PATIENCE_MS }, (request, response) => {
    answer(request, response, path, key, onSaying).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  key: () => string | undefined,
  onSaying: (saying: HubSaying) => void,
): Promise<void> {
  // A page in a browser cannot forge the host: a name that was bent to 127.0.0.1 stays outside.
  const isForUs = /^(?:127\.0\.0\.1|localhost):\d+$/.test(request.headers.host ?? '') && request.url === path;
  if (!isForUs || request.method !== 'POST') {
    response.writeHead(isForUs ? 405 : 404).end();
    return;
  }
  let saying: HubSaying;
  try {
    saying = sayingOf(parseCall((await boundedBody(request, LARGEST_CALL_BYTES)).toString('utf8')), key());
  } catch (thrown) {
    send(response, faultResponseText(thrown instanceof Error ? thrown.message : 'it was not understood'));
    return;
  }
  send(response, responseText(''));
  onSaying(saying);
}

function send(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'Content-Type': 'text/xml', 'Content-Length': Buffer.byteLength(text) }).end(text);
}

interface Call {
  readonly method: string;
  readonly params: readonly SampValue[];
}

function parseCall(text: string): Call {
  const document = parseXmlRpc(text);
  if (document.kind !== 'call') throw new Error('this is no call');
  return document;
}

function sayingOf({ method, params }: Call, key: string | undefined): HubSaying {
  const [given, from, third, fourth] = params;
  if (key === undefined || typeof given !== 'string' || typeof from !== 'string' || !isEqual(given, key)) {
    throw new Error('the key is not ours');
  }
  switch (method) {
    case 'samp.client.receiveNotification':
      return { kind: 'notification', sender: from, message: messageOf(third) };
    case 'samp.client.receiveCall':
      if (typeof third !== 'string') throw new Error('the call has no id');
      return { kind: 'call', sender: from, messageId: third, message: messageOf(fourth) };
    case 'samp.client.receiveResponse':
      if (typeof third !== 'string' || !isMap(fourth)) throw new Error('the response has no tag or no content');
      return { kind: 'response', responder: from, tag: third, response: fourth };
    default:
      throw new Error('there is no such method');
  }
}

function messageOf(value: SampValue | undefined): SampMessage {
  const mtype = isMap(value) ? textIn(value, 'samp.mtype') : undefined;
  if (!isMap(value) || mtype === undefined) throw new Error('the message has no MType');
  const params = value['samp.params'];
  return { mtype, params: isMap(params) ? params : {} };
}

function isEqual(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}
