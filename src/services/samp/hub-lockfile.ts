import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DomainFailure } from '../../core/result/failure.ts';
import { boundedBody } from './bounded-body.ts';
import { isThisMachine } from './local-machine.ts';

/** Where a running hub is, and what opens its door. */
export interface HubPlace {
  readonly url: URL;
  readonly secret: string;
}

const PREFIX = 'std-lockurl:';
const LONGEST_LOCKFILE_BYTES = 64 * 1024;

/**
 * Finds the hub by the Standard Profile: the file that `SAMP_HUB` names, else `.samp` in the home folder.
 * @throws DomainFailure `samp-no-hub` where none runs, where the file cannot be understood, or where the hub is on
 * another machine
 */
export async function findHub(environment: Readonly<Record<string, string | undefined>>): Promise<HubPlace> {
  const named = environment['SAMP_HUB'];
  const place = named === undefined || named === '' ? join(homedir(), '.samp') : placeNamed(named);
  const fields = fieldsOf(await readPlace(place));
  const secret = fields.get('samp.secret');
  const url = URL.parse(fields.get('samp.hub.xmlrpc.url') ?? '');
  if (secret === undefined || url?.protocol !== 'http:') {
    throw noHub(`${String(place)} does not say where it is`);
  }
  if (!isThisMachine(url.hostname)) throw noHub(`the one of ${String(place)} is on another machine, ${url.hostname}`);
  return { url, secret };
}

function placeNamed(text: string): URL | string {
  const url = text.startsWith(PREFIX) ? URL.parse(text.slice(PREFIX.length)) : null;
  if (url?.protocol === 'file:' && url.host === '') return fileURLToPath(url);
  if (url?.protocol === 'http:' && isThisMachine(url.hostname)) return url;
  throw noHub('SAMP_HUB names no file and no address of this machine');
}

async function readPlace(place: URL | string): Promise<string> {
  try {
    if (typeof place === 'string') return (await readFile(place, 'latin1')).slice(0, LONGEST_LOCKFILE_BYTES);
    const answer = await fetch(place, { redirect: 'error' });
    return (await boundedBody(answer, LONGEST_LOCKFILE_BYTES)).toString('latin1');
  } catch (cause) {
    throw new DomainFailure({ kind: 'samp-no-hub', why: `there is no ${String(place)}` }, { cause });
  }
}

/** `key=value` lines; those that begin with `#` are remarks. */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, key, value] = /^([^#\s][^=]*)=(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) fields.set(key.trim(), value.trim());
  }
  return fields;
}

const noHub = (why: string): DomainFailure => new DomainFailure({ kind: 'samp-no-hub', why });
