import { DomainFailure } from '../../core/result/failure.ts';
import { boundedBody } from './bounded-body.ts';
import type { HubPlace } from './hub-lockfile.ts';
import type { SampValue } from './samp-value.ts';
import { callText, parseXmlRpc, XmlRpcError } from './xml-rpc.ts';

const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;
/** A hub is on this machine: one that is silent for so long has hung [ms]. */
const PATIENCE_MS = 10_000;

/** Calls one method of the hub, `samp.hub.` left out. */
export type CallHub = (method: string, params: readonly SampValue[]) => Promise<SampValue>;

/** @returns calls that throw DomainFailure `samp-failed` where the hub does not answer, or refuses */
export function hubCalls(hub: HubPlace): CallHub {
  return async (method, params) => {
    const answer = await post(hub.url, callText(`samp.hub.${method}`, params));
    if (answer.kind === 'response') return answer.value;
    throw new DomainFailure({
      kind: 'samp-failed',
      why: answer.kind === 'fault' ? `the hub refused ${method}: ${answer.why}` : 'the hub answered with a call',
    });
  };
}

async function post(url: URL, body: string): Promise<ReturnType<typeof parseXmlRpc>> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return parseXmlRpc((await boundedBody(answer, LARGEST_ANSWER_BYTES)).toString('utf8'));
  } catch (cause) {
    const why =
      cause instanceof XmlRpcError ? `the hub's answer is broken: ${cause.message}` : 'the hub does not answer';
    throw new DomainFailure({ kind: 'samp-failed', why }, { cause });
  }
}
