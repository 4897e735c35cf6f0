import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { MissingPeer } from './measurement.ts';

/** A peer that waits in its own process and answers each request with the milliseconds that its work took. */
export interface PythonPeer {
  /** Name and version, as "PyTorch 1.13.1". */
  readonly name: string;
  readonly run: () => Promise<number>;
  readonly stop: () => void;
}

/** Debian's Python, which sees Debian's packages; another can be named by the environment. */
const PYTHON = process.env['LOBATE_PYTHON'] ?? '/usr/bin/python3';

/**
 * Starts `bench/peers/SCRIPT`. It prints "ready NAME" once, then for every line that it reads one number.
 * @throws MissingPeer where Python or the package is not there
 */
export async function startPythonPeer(
  script: string,
  peerArguments: readonly string[],
  peer: string,
  debianPackage: string,
): Promise<PythonPeer> {
  const path = fileURLToPath(new URL(`peers/${script}`, import.meta.url));
  const child = spawn(PYTHON, [path, ...peerArguments], { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<never>((_, reject) => {
    child.once('error', () => reject(new MissingPeer(peer, debianPackage)));
    child.once('exit', () => reject(new MissingPeer(peer, debianPackage)));
  });
  // Heard only while a line is awaited; a peer that is stopped at the end is no failure.
  ended.catch(() => undefined);
  const nextLine = async (): Promise<string> => {
    const line = await Promise.race([lines.next(), ended]);
    if (line.done) throw new MissingPeer(peer, debianPackage);
    return line.value;
  };
  const [, ...name] = (await nextLine()).split(' ');
  return {
    name: name.join(' '),
    async run() {
      child.stdin.write('run\n');
      return Number(await nextLine());
    },
    stop: () => child.stdin.end(),
  };
}
