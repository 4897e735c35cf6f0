import { spawn } from 'node:child_process';
import { platform } from 'node:process';

/** Opens an address in the user's browser. A machine without one is no failure: the address is printed anyway. */
export function openBrowser(url: string): void {
  const [command, args]: [string, string[]] =
    platform === 'darwin'
      ? ['open', [url]]
      : platform === 'win32'
        ? ['cmd', ['/c', 'start', '""', url.replaceAll('&', '^&')]]
        : ['xdg-open', [url]];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
