import { hostname, networkInterfaces } from 'node:os';

/**
 * Whether an address of the web, or a bare host name, leads to this very machine. Names are not looked up: a name that
 * somebody else's server turns into 127.0.0.1 is not ours.
 */
export function isThisMachine(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (bare === 'localhost' || bare === '::1' || /^127(?:\.\d{1,3}){3}$/.test(bare)) return true;
  if (bare === hostname().toLowerCase()) return true;
  return Object.values(networkInterfaces())
    .flat()
    .some((network) => network?.address.toLowerCase() === bare);
}
