import { hostname } from 'node:os';
import { join } from 'node:path';
import { env, stdin } from 'node:process';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { ProjectSummary } from '../../contract/schemas.ts';
import { PREDICTION_MC, predictionCodeOf } from '../../core/classification/prediction-columns.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { parseColumnMap } from '../../core/catalogue/column-map.ts';
import type { UnitFamily } from '../../core/catalogue/column-reader.ts';
import { countText } from '../../core/units/count-text.ts';
import { recogniseFiles } from '../../engine/files/recognise-files.ts';
import type { RunningEngine } from '../../engine/start-engine.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { forkedWorkers } from '../../engine/workers/worker-link.ts';
import { collectMap, MAP_HELP, MAP_OPTION, parseUnitFamily } from '../arguments.ts';
import { flaggedText } from '../flagged.ts';
import { cacheFolder, modelFolders, programFolder } from '../folders.ts';
import type { CommandIo, ProgressBar } from '../io.ts';
import { openBrowser } from '../open-browser.ts';
import { softwareVersion } from '../version.ts';

interface ServeArguments {
  readonly project?: string;
  readonly port?: number;
  readonly open: boolean;
  readonly allow: readonly string[];
  readonly demo: boolean;
  readonly units?: UnitFamily;
  readonly map: readonly string[];
}

export function registerServe(program: Command, io: CommandIo): void {
  program
    .command('serve')
    .description('open the app in a browser, on this machine or through ssh')
    .argument('[files...]', 'mosaics and a catalogue in any order, or a .lobate project')
    .option('--project <file>', 'the .lobate project to open, or where to keep the one of the given files')
    .option('--port <n>', 'port on 127.0.0.1 (default: any free one)', parsePort)
    .option('--no-open', 'do not open the browser')
    .option('--allow <folders...>', 'folders that the file browser may show beside the current one', [])
    .option('--units <family>', 'of columns without a unit: survey (arcsec, mJy) or pybdsf (deg, Jy)', parseUnitFamily)
    .option(MAP_OPTION, MAP_HELP, collectMap, [])
    .option('--demo', 'open the simulated demo field', false)
    .action(async (files: string[], options: ServeArguments) => serve(files, options, io));
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new InvalidArgumentError('give a number from 1 to 65535');
  return port;
}

async function serve(files: readonly string[], options: ServeArguments, io: CommandIo): Promise<void> {
  // Before anything is started: a file that is not what it should be ends the command with its sentence.
  const openField = await plan(files, options);
  const engine = await start(options, io);
  const stop = listenForStop();
  try {
    sayWhere(engine, io);
    if (options.open && env['CI'] === undefined) openBrowser(engine.tokenUrl());
    renewOnEnter(engine, io);
    // The window shows the same progress; here it is for those who look at the terminal.
    const ended = openField === undefined ? undefined : open(engine, openField, io);
    await (ended === undefined ? stop.asked : Promise.race([stop.asked, ended.then(() => stop.asked)]));
  } finally {
    stdin.pause();
    await engine.close();
    stop.done();
  }
}

type OpenField = (engine: RunningEngine) => Promise<ProjectSummary>;

async function plan(files: readonly string[], options: ServeArguments): Promise<OpenField | undefined> {
  if (options.demo) {
    if (files.length === 0 && options.project === undefined) return (engine) => engine.openDemo();
    throw new DomainFailure({ kind: 'argument-invalid', name: '--demo', why: 'give either the demo or files' });
  }
  const { project } = options;
  if (files.length === 0) return project === undefined ? undefined : (engine) => engine.openFile(project);
  const recognised = await recogniseFiles(files);
  if (recognised.kind === 'project') return (engine) => engine.openFile(recognised.path);
  parseColumnMap(options.map);
  const request = {
    ...recognised.request,
    ...(project === undefined ? {} : { project }),
    ...(options.units === undefined ? {} : { units: options.units }),
    ...(options.map.length === 0 ? {} : { map: [...options.map] }),
  };
  return (engine) => engine.open(request);
}

async function start(options: ServeArguments, io: CommandIo): Promise<RunningEngine> {
  try {
    return await startEngine({
      host: 'web',
      startWorker: forkedWorkers(join(programFolder, 'src', 'worker', 'index.ts')),
      startFolder: env['INIT_CWD'] ?? process.cwd(),
      allowedFolders: options.allow,
      cacheFolder: cacheFolder(),
      modelFolders: modelFolders(),
      rendererFolder: join(programFolder, 'out', 'renderer'),
      softwareVersion: softwareVersion(),
      port: options.port,
      onBug: (thrown) => io.note(`lobate: unexpected failure: ${detailOf(thrown)}`),
    });
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw thrown;
    const why = `port ${options.port ?? 0} ${code === 'EACCES' ? 'may not be used' : 'is taken by another program'}`;
    throw new DomainFailure({ kind: 'argument-invalid', name: '--port', why }, { cause: thrown });
  }
}

function detailOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return env['LOBATE_DEBUG'] === undefined ? thrown.message : (thrown.stack ?? thrown.message);
}

function sayWhere(engine: RunningEngine, io: CommandIo): void {
  io.out(`Lobate is at ${engine.tokenUrl()}`);
  const { port } = engine;
  io.note(
    `From another machine: ssh -L ${port}:127.0.0.1:${port} ${hostname()}, then open the address there. ` +
      'It works once, for five minutes; Enter prints a new one, Ctrl+C ends Lobate.',
  );
}

function renewOnEnter(engine: RunningEngine, io: CommandIo): void {
  if (!stdin.isTTY) return;
  stdin.on('data', () => io.out(`Lobate is at ${engine.tokenUrl()}`));
}

/** Opens the field and waits until it is classified; a field that cannot be opened ends the command. */
async function open(engine: RunningEngine, openField: OpenField, io: CommandIo): Promise<void> {
  const listening = new AbortController();
  const classified = followRun(engine, listening.signal, io);
  try {
    const project = await openField(engine);
    for (const { message } of project.notices) io.note(message);
    const isHeld = project.holds.length > 0;
    if (isHeld) {
      const why = project.holds.map((hold) => hold.why).join('; ');
      io.note(`${project.name}: not classified by itself: ${why}. The window shows the report and asks.`);
    }
    const isUnderWay = project.run?.state === 'running' || project.run?.state === 'queued';
    if (isUnderWay || isHeld) await classified;
    summarise(engine, io);
  } finally {
    listening.abort();
  }
}

/** Shows tasks and run as a bar; resolves when a run has ended. */
async function followRun(engine: RunningEngine, signal: AbortSignal, io: CommandIo): Promise<void> {
  let bar: ProgressBar | undefined;
  let shown: string | undefined;
  const show = (label: string, done: number, total: number): void => {
    if (shown !== label) {
      bar?.stop();
      bar = io.progress(label, total);
      shown = label;
    }
    bar?.update(done);
  };
  try {
    for await (const event of engine.events(signal)) {
      if (event.type === 'task' && event.fraction !== null) show(event.label, Math.round(event.fraction * 100), 100);
      if (event.type !== 'run-progress') continue;
      const { run } = event;
      show('Classifying', run.rowsDone, run.rowsTotal);
      if (run.state !== 'running' && run.state !== 'queued') return;
    }
  } finally {
    bar?.stop();
  }
}

/** One line when the field is classified. */
function summarise(engine: RunningEngine, io: CommandIo): void {
  const project = engine.project;
  if (project === undefined) return;
  const { name, catalogue, run } = project.summary();
  if (run === null) return;
  if (run.state !== 'complete') {
    io.note(`${name}: the run is ${run.state}${run.failure === null ? '' : ` (${run.failure})`}`);
    return;
  }
  let flagged = 0;
  for (const prediction of project.predictions?.rows() ?? []) {
    if (predictionCodeOf(prediction, run.threshold) === PREDICTION_MC) flagged++;
  }
  const recipe = project.shownRun?.recipe ?? project.recipe;
  const untrained = run.isTrained ? '' : ' UNTRAINED model: not a result.';
  io.out(
    `${name}: ${countText(catalogue.rowCount)} sources, ${countText(catalogue.sisgCount)} SISG, ${flaggedText(flagged, run.threshold, run.modelId, recipe)}.${untrained}`,
  );
}

/**
 * Two signals within this time are one Ctrl+C: the terminal sends it to every process of the group, and the launcher
 * passes on the one it got [ms].
 */
const SAME_SIGNAL_MS = 1000;

interface Stop {
  /** Resolves on the first signal to end. A later one, from somebody who will not wait, ends the process at once. */
  readonly asked: Promise<void>;
  /** Everything is closed: signals change nothing any more. */
  done(): void;
}

function listenForStop(): Stop {
  let isDone = false;
  const asked = new Promise<void>((resolve) => {
    let firstMs: number | undefined;
    const onSignal = (): void => {
      firstMs ??= Date.now();
      if (!isDone && Date.now() - firstMs > SAME_SIGNAL_MS) process.exit(1);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
  return {
    asked,
    done() {
      isDone = true;
      // A process that runs out of work hands its signals back to the system before it ends, and the second half of a
      // Ctrl+C would kill it in that moment; one that exits keeps them to the last.
      process.once('beforeExit', (code) => process.exit(code));
    },
  };
}
