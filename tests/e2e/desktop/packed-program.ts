import type { ChildProcess } from 'node:child_process';
import { fork, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execPath } from 'node:process';
import { extractAll, listPackage } from '@electron/asar';
import type { FromStandIn, ToStandIn } from './electron-stand-in.ts';

const root = resolve(import.meta.dirname, '../../..');

/** The program as an installer would lay it down, without Electron in it. */
export interface PackedProgram {
  /** Electron's `resources`: the archive, what lies unpacked beside it, and the models. */
  readonly resources: string;
  /** Paths in the archive, `/`-separated, without a leading slash. */
  readonly archived: readonly string[];
  /** Archive and what lies beside it, as one folder: Electron lets a program see them so, and plain Node cannot. */
  readonly app: string;
  /** What the Debian package would lay into the system's own folders, as from `/`. */
  readonly system: string;
}

function run(script: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): void {
  const { status, stdout, stderr } = spawnSync(execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  if (status !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${String(status)}:\n${stdout}${stderr}`);
}

/** A shell script at `path`. */
function writeScript(path: string, line: string): void {
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
}

/**
 * Lets electron-builder pack the desktop program that was built for the tests (`run.ts`) for this machine, around an empty
 * program in Electron's place.
 * @param folder that it may write in
 */
export function packProgram(folder: string): PackedProgram {
  const electron = join(folder, 'no-electron');
  mkdirSync(join(electron, 'resources'), { recursive: true });
  writeScript(join(electron, 'electron'), 'exit 1');
  const fpm = join(folder, 'fpm');
  writeScript(fpm, `exec '${execPath}' '${join(import.meta.dirname, 'fpm-stand-in.ts')}' "$@"`);
  const system = join(folder, 'system');
  const output = join(folder, 'packed');

  run(
    'electron-builder/cli.js',
    [
      ...['--linux', 'deb', '--publish', 'never', `-c.electronDist=${electron}`, `-c.directories.output=${output}`],
      // A Debian package names who made it; there is no such one in the repository.
      ...['-c.linux.maintainer=Nobody <nobody@example.org>', '-c.extraMetadata.homepage=https://example.org'],
    ],
    { CUSTOM_FPM_PATH: fpm, LAID_DOWN: system },
  );

  const resources = join(output, 'linux-unpacked', 'resources');
  const archive = join(resources, 'app.asar');
  const app = join(folder, 'app');
  extractAll(archive, app);
  return { resources, archived: listPackage(archive, { isPack: false }).map((path) => path.slice(1)), app, system };
}

/** The packed program, running. */
export interface RunningProgram {
  /** What its main process did, oldest first. */
  readonly said: readonly FromStandIn[];
  tell(message: ToStandIn): void;
  /** The first thing of a kind that it did or does. @throws Error where the program ends without it */
  until<K extends FromStandIn['kind']>(kind: K): Promise<Extract<FromStandIn, { kind: K }>>;
  onSaid(listener: (message: FromStandIn) => void): void;
  /** Resolves with its exit code. */
  readonly ended: Promise<number | null>;
  kill(): void;
}

/** Starts main as the system does, with files named on its command line. */
export function startProgram({ app, resources }: PackedProgram, userData: string, files: string[]): RunningProgram {
  const complaints: string[] = [];
  const child: ChildProcess = fork(join(app, 'out', 'main', 'index.js'), files, {
    execArgv: ['--import', join(import.meta.dirname, 'use-stand-in.ts')],
    env: { ...process.env, STAND_IN_USER_DATA: userData, STAND_IN_APP: app, STAND_IN_RESOURCES: resources },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.stderr!.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  const said: FromStandIn[] = [];
  const listeners = new Set<(message: FromStandIn) => void>();
  child.on('message', (message: FromStandIn) => {
    said.push(message);
    for (const listener of listeners) listener(message);
  });
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  return {
    said,
    ended,
    tell: (message) => void child.send(message),
    onSaid: (listener) => void listeners.add(listener),
    kill: () => void child.kill('SIGKILL'),
    until: <K extends FromStandIn['kind']>(kind: K) =>
      new Promise<Extract<FromStandIn, { kind: K }>>((found, fail) => {
        const check = (): void => {
          const wanted = said.find((message): message is Extract<FromStandIn, { kind: K }> => message.kind === kind);
          if (wanted !== undefined) found(wanted);
        };
        listeners.add(check);
        check();
        void ended.then((code) => fail(new Error(`the program ended with ${String(code)}: ${complaints.join('')}`)));
      }),
  };
}
