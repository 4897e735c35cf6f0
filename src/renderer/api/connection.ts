import { createORPCClient, DynamicLink } from '@orpc/client';
import type { ClientContext, ClientLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { api } from '../../contract/api.ts';
import { paths } from '../../contract/paths.ts';

export type EngineClient = ContractRouterClient<typeof api>;

/**
 * `connecting`: never reached yet; `lost`: was there and is gone, with retries under way; `refused`: an engine answers at
 * this address but does not know this window, as after a restart: only its new address helps.
 */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'refused';

export interface EngineConnection {
  readonly client: EngineClient;
  /** Called at once with the present state, then on each change. */
  readonly watch: (listener: (state: ConnectionState) => void) => () => void;
}

const FIRST_RETRY_MS = 400;
const LONGEST_RETRY_MS = 5000;

type Link = ClientLink<ClientContext>;

interface PendingLink {
  readonly promise: Promise<Link>;
  readonly resolve: (link: Link) => void;
}

/** A browser does not tell a page why a WebSocket was turned away; the same address answers a plain request. */
async function askWhetherRefused(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).status === 401;
  } catch {
    return false;
  }
}

function pendingLink(): PendingLink {
  let resolve: (link: Link) => void = () => undefined;
  const promise = new Promise<Link>((settle) => (resolve = settle));
  return { promise, resolve };
}

/**
 * One WebSocket to the engine that comes back by itself. A call made while the engine is away waits for its return; a
 * call under way when it leaves is rejected by the transport.
 */
export function connectToEngine(host: string): EngineConnection {
  const listeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = 'connecting';
  let retryMs = FIRST_RETRY_MS;
  let open = pendingLink();

  const setState = (next: ConnectionState): void => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener(state);
  };

  const dial = (): void => {
    const socket = new WebSocket(`ws://${host}${paths.rpc}`);
    const link: Link = new RPCLink({ websocket: socket });
    socket.addEventListener('open', () => {
      retryMs = FIRST_RETRY_MS;
      open.resolve(link);
      setState('connected');
    });
    socket.addEventListener('close', () => {
      if (state === 'connected') {
        open = pendingLink();
        setState('lost');
      }
      setTimeout(dial, retryMs);
      retryMs = Math.min(retryMs * 1.6, LONGEST_RETRY_MS);
      void askWhetherRefused().then((isRefused) => {
        if (state === 'lost' && isRefused) setState('refused');
        else if (state === 'refused' && !isRefused) setState('lost');
      });
    });
  };
  dial();

  return {
    client: createORPCClient(new DynamicLink(() => open.promise)),
    watch: (listener) => {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
  };
}
