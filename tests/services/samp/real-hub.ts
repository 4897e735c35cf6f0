import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createInterface } from 'node:readline';

const JSAMP = '/usr/share/java/jsamp.jar';

/** The hub that TOPCAT, STILTS and Aladin bring, without a window. */
export interface RealHub {
  /** What its clients need in their environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends it as a crash does: nobody is told. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function startHub(): Promise<RealHub> {
  const folder = mkdtempSync(join(tmpdir(), 'lobate-samp-'));
  const lockfile = join(folder, 'hub');
  const environment = { SAMP_HUB: `std-lockurl:${pathToFileURL(lockfile).href}` };
  const args = ['-jar', JSAMP, 'hub', '-mode', 'no-gui', '-profiles', 'std'];
  const hub = spawn('java', args, { env: { ...process.env, ...environment }, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => hub.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const watcher = watch(folder, () => {
      // It is written in pieces; what a client needs is there when the version of the profile is.
      if (!existsSync(lockfile) || !/^samp\.profile\.version=\S+\n/m.test(readFileSync(lockfile, 'latin1'))) return;
      watcher.close();
      resolve();
    });
    hub.once('exit', (code) => reject(new Error(`the hub ended with ${code}`)));
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    hub.kill(signal);
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { environment, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

/** JSAMP's listener that takes every message and prints it: somebody else's reading of what we send. */
export interface Snooper {
  /** Resolves with all that was printed as soon as every text is in it. */
  until(...texts: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

export function startSnooper(environment: Readonly<Record<string, string>>): Snooper {
  const args = ['-jar', JSAMP, 'snooper', '-clientname', 'Snooper'];
  const child = spawn('java', args, { env: { ...process.env, ...environment } });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let printed = '';
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    printed += `${line}\n`;
    for (const check of waiting) check();
  });
  child.stderr.resume();
  return {
    until: (...texts) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!texts.every((text) => printed.includes(text))) return;
          waiting.delete(check);
          resolve(printed);
        };
        waiting.add(check);
        check();
      }),
    stop: () => {
      child.kill();
      return ended;
    },
  };
}

/** JSAMP's sender: one message, on behalf of another program. */
export async function sendWithJsamp(
  environment: Readonly<Record<string, string>>,
  mtype: string,
  params: Readonly<Record<string, string>>,
): Promise<string> {
  const named = Object.entries(params).flatMap(([name, value]) => ['-param', name, value]);
  const args = ['-jar', JSAMP, 'messagesender', '-sendername', 'TOPCAT', '-mode', 'sync', '-mtype', mtype, ...named];
  return runToEnd('java', args, environment);
}

/** Runs a program beside the test, so that the test itself can answer it. @returns what it printed */
export function runToEnd(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...environment } });
    let printed = '';
    const add = (chunk: Buffer): void => {
      printed += chunk.toString();
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`${command} ended with ${code}: ${printed}`));
    });
  });
}
