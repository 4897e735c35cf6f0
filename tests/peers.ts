import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { env } from 'node:process';

/**
 * Programs that astronomers use, from Debian: tests that ask them skip with a message where they are not installed. In
 * continuous integration (`LOBATE_PEERS_REQUIRED=1`) a missing one is a failure.
 */
const PEERS = {
  astropy: { path: '/usr/bin/python3', check: ['-c', 'import astropy'], packages: 'python3-astropy' },
  regions: { path: '/usr/bin/python3', check: ['-c', 'import regions'], packages: 'python3-regions' },
  stilts: { path: '/usr/bin/stilts', check: undefined, packages: 'stilts' },
  jsamp: { path: '/usr/share/java/jsamp.jar', check: undefined, packages: 'stilts' },
  ds9: { path: '/usr/bin/ds9', check: undefined, packages: 'saods9 xvfb' },
} as const;

export type Peer = keyof typeof PEERS;

/** Whether tests that ask this program can run: `describe.skipIf(!hasPeer('stilts'))`. */
export function hasPeer(peer: Peer): boolean {
  const { path, check, packages } = PEERS[peer];
  const isThere = existsSync(path) && (check === undefined || spawnSync(path, check).status === 0);
  if (isThere) return true;
  if (env['LOBATE_PEERS_REQUIRED'] === '1') throw new Error(`${peer} is missing although it is required: ${packages}`);
  console.warn(`skipped: ${peer} is not installed (Debian: ${packages})`);
  return false;
}

/** Runs it to its end. @returns what it printed. @throws Error with what it complained about */
export function askPeer(peer: Peer, args: readonly string[], input?: string): string {
  const { path } = PEERS[peer];
  const { status, stdout, stderr } = spawnSync(path, args, { encoding: 'utf8', input, maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${peer} ${args.join(' ')} ended with ${status}: ${stderr}${stdout}`);
  return stdout;
}
