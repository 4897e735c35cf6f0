import { env } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { describeError } from '../../core/result/describe-error.ts';
import { DomainFailure, domainErrorOf } from '../../core/result/failure.ts';
import type { CallableClient, HubSaying } from './callable-client.ts';
import { startCallableClient } from './callable-client.ts';
import type { CallHub } from './hub-calls.ts';
import { hubCalls } from './hub-calls.ts';
import { findHub } from './hub-lockfile.ts';
import type { SampMap, SampMessage, SampValue } from './samp-value.ts';
import { isMap, textIn } from './samp-value.ts';

/** Another program on the hub. */
export interface SampPeer {
  readonly id: string;
  readonly name: string;
  /** MTypes that it takes, some with `*` at their ends. */
  readonly subscriptions: readonly string[];
}

export interface SampClientOptions {
  readonly metadata: SampMap;
  /** MTypes that `onMessage` understands. */
  readonly mtypes: readonly string[];
  /** A message of another program, never one of our own. What it throws is told to a sender that waits for an answer. */
  onMessage(message: SampMessage, sender: SampPeer): Promise<void> | void;
  /** Programs came, went, or said something new of themselves. */
  onPeers(): void;
  /** A program could not do what it was sent. */
  onRefused(peer: SampPeer, why: string): void;
  /** The hub is gone, or has thrown us out. Not called after `close`. */
  onEnd(why: string): void;
}

/** One registration with a hub of the SAMP Standard Profile. */
export interface SampClient {
  /** Everybody else but the hub itself, by name. */
  readonly peers: readonly SampPeer[];
  /** Tells all that take it, without waiting for what becomes of it. */
  notifyAll(message: SampMessage): Promise<void>;
  /** Asks one program; a refusal comes back as `onRefused`. */
  call(message: SampMessage, peerId: string): Promise<void>;
  /** Whether the hub still answers; `onEnd` where it does not. */
  check(): Promise<void>;
  /** Says goodbye. Never throws. */
  close(): Promise<void>;
}

/** What the hub says about itself and about others. */
const HUB_MTYPES = [
  'samp.app.ping',
  'samp.hub.event.shutdown',
  'samp.hub.event.register',
  'samp.hub.event.unregister',
  'samp.hub.event.metadata',
  'samp.hub.event.subscriptions',
  'samp.hub.disconnect',
];

/** How often a hub is asked to take us, and after which pause [ms]: two seconds in all. */
const REGISTRATIONS = 5;
const REGISTRATION_PAUSE_MS = 500;

/** Registers with the hub of this user. @throws DomainFailure `samp-no-hub`, `samp-failed` */
export async function joinHub(options: SampClientOptions): Promise<SampClient> {
  const hub = await findHub(env);
  const callHub = hubCalls(hub);
  const registration = new Registration(options, callHub);
  await registration.join(hub.secret);
  return registration;
}

class Registration implements SampClient {
  readonly #options: SampClientOptions;
  readonly #callHub: CallHub;
  readonly #peers = new Map<string, SampPeer>();
  #door: CallableClient | undefined;
  #key: string | undefined;
  #selfId = '';
  #hubId = '';
  #calls = 0;

  constructor(options: SampClientOptions, callHub: CallHub) {
    this.#options = options;
    this.#callHub = callHub;
  }

  get peers(): readonly SampPeer[] {
    return [...this.#peers.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  async join(secret: string): Promise<void> {
    const answer = await this.#register(secret);
    const fields = isMap(answer) ? answer : {};
    this.#key = textIn(fields, 'samp.private-key');
    this.#selfId = textIn(fields, 'samp.self-id') ?? '';
    this.#hubId = textIn(fields, 'samp.hub-id') ?? '';
    if (this.#key === undefined) throw new DomainFailure({ kind: 'samp-failed', why: 'the hub gave no key' });
    try {
      this.#door = await startCallableClient(
        () => this.#key,
        (saying) => void this.#take(saying),
      );
      const { metadata, mtypes } = this.#options;
      await this.#ask('setXmlrpcCallback', this.#door.url);
      await this.#ask('declareMetadata', metadata);
      const subscriptions = [...HUB_MTYPES, ...mtypes].map((mtype) => [mtype, {}] as const);
      await this.#ask('declareSubscriptions', Object.fromEntries(subscriptions));
      const ids = await this.#ask('getRegisteredClients');
      const others = Array.isArray(ids) ? (ids as readonly SampValue[]).filter((id) => typeof id === 'string') : [];
      await Promise.all(others.map((id) => this.#learnOf(id)));
    } catch (thrown) {
      await this.close();
      throw thrown;
    }
  }

  /** A hub writes its lock file a moment before it takes anyone (JSAMP: "Hub not running"): it is asked again. */
  async #register(secret: string): Promise<SampValue> {
    for (let left = REGISTRATIONS; ; left -= 1) {
      try {
        return await this.#callHub('register', [secret]);
      } catch (thrown) {
        if (left === 1) throw thrown;
        await setTimeout(REGISTRATION_PAUSE_MS);
      }
    }
  }

  async notifyAll({ mtype, params }: SampMessage): Promise<void> {
    await this.#ask('notifyAll', { 'samp.mtype': mtype, 'samp.params': params });
  }

  async call({ mtype, params }: SampMessage, peerId: string): Promise<void> {
    const tag = `lobate-${++this.#calls}`;
    await this.#ask('call', peerId, tag, { 'samp.mtype': mtype, 'samp.params': params });
  }

  async check(): Promise<void> {
    // Asking for the clients tells more than a ping: a hub that was started anew does not know our key.
    await this.#ask('getRegisteredClients').catch((thrown: unknown) => {
      const error = domainErrorOf(thrown);
      if (error === undefined) throw thrown;
      return this.#end(describeError(error));
    });
  }

  async close(): Promise<void> {
    if (this.#key !== undefined) await this.#ask('unregister').catch(() => undefined);
    await this.#letGo();
  }

  /** Calls a method that wants our key first. */
  async #ask(method: string, ...params: readonly SampValue[]): Promise<SampValue> {
    if (this.#key === undefined) throw new DomainFailure({ kind: 'samp-failed', why: 'Lobate is not connected' });
    return this.#callHub(method, [this.#key, ...params]);
  }

  async #letGo(): Promise<void> {
    this.#key = undefined;
    this.#peers.clear();
    await this.#door?.close();
    this.#door = undefined;
  }

  async #end(why: string): Promise<void> {
    if (this.#key === undefined) return;
    await this.#letGo();
    this.#options.onEnd(why);
  }

  /** Asks the hub who somebody is. One that has gone in the meantime is nobody. */
  async #learnOf(id: string): Promise<void> {
    if (id === this.#selfId || id === this.#hubId) return;
    try {
      const [metadata, subscriptions] = await Promise.all([
        this.#ask('getMetadata', id),
        this.#ask('getSubscriptions', id),
      ]);
      const name = (isMap(metadata) ? textIn(metadata, 'samp.name') : undefined)?.trim().slice(0, 80);
      this.#peers.set(id, {
        id,
        name: name === undefined || name === '' ? id : name,
        subscriptions: isMap(subscriptions) ? Object.keys(subscriptions) : [],
      });
    } catch {
      this.#peers.delete(id);
    }
  }

  /** A failure in here is nobody's: the hub has its answer already. */
  async #take(saying: HubSaying): Promise<void> {
    if (saying.kind === 'response') {
      this.#takeResponse(saying.responder, saying.response);
    } else if (saying.sender === this.#hubId) {
      await this.#takeHubMessage(saying.message);
      if (saying.kind === 'call') await this.#reply(saying.messageId, undefined);
    } else if (saying.sender !== this.#selfId) {
      const why = await this.#takeMessage(saying.message, saying.sender);
      if (saying.kind === 'call') await this.#reply(saying.messageId, why);
    }
  }

  #takeResponse(responder: string, response: SampMap): void {
    const peer = this.#peers.get(responder);
    if (peer === undefined || textIn(response, 'samp.status') !== 'samp.error') return;
    const error = response['samp.error'];
    const text = isMap(error) ? textIn(error, 'samp.errortxt') : undefined;
    this.#options.onRefused(peer, (text ?? 'it gave no reason').slice(0, 300));
  }

  async #takeHubMessage({ mtype, params }: SampMessage): Promise<void> {
    if (mtype === 'samp.hub.event.shutdown') return this.#end('the hub was closed');
    if (mtype === 'samp.hub.disconnect') {
      return this.#end(`the hub ended the connection: ${textIn(params, 'reason') ?? 'no reason was given'}`);
    }
    const id = textIn(params, 'id');
    if (id === undefined || !mtype.startsWith('samp.hub.event.')) return;
    if (mtype === 'samp.hub.event.unregister') this.#peers.delete(id);
    else await this.#learnOf(id);
    this.#options.onPeers();
  }

  /** @returns why it was refused; undefined where it was not */
  async #takeMessage(message: SampMessage, senderId: string): Promise<string | undefined> {
    if (message.mtype === 'samp.app.ping') return undefined;
    if (!this.#options.mtypes.includes(message.mtype)) return `Lobate does not take ${message.mtype}`;
    const sender = this.#peers.get(senderId) ?? { id: senderId, name: senderId, subscriptions: [] };
    try {
      await this.#options.onMessage(message, sender);
      return undefined;
    } catch (thrown) {
      const error = domainErrorOf(thrown);
      return error === undefined ? 'Lobate failed on it' : describeError(error);
    }
  }

  async #reply(messageId: string, why: string | undefined): Promise<void> {
    const response: SampMap =
      why === undefined
        ? { 'samp.status': 'samp.ok', 'samp.result': {} }
        : { 'samp.status': 'samp.error', 'samp.result': {}, 'samp.error': { 'samp.errortxt': why } };
    // A hub that went away in the meantime wants no answer.
    await this.#ask('reply', messageId, response).catch(() => undefined);
  }
}
