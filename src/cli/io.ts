import { exit, stderr, stdout } from 'node:process';
import { Presets, SingleBar } from 'cli-progress';

/**
 * How a command talks: results to standard output, progress and warnings to standard error, so that `--json` output can
 * be piped while a bar runs.
 */
export interface CommandIo {
  /** One line of result. */
  out(text: string): void;
  /** A JSON result, on one line. NaN and infinities become null. */
  json(value: unknown): void;
  /** One line of information or warning on standard error. */
  note(text: string): void;
  /** A progress bar with rate and ETA on standard error; silent when that is not a terminal. */
  progress(label: string, total: number): ProgressBar;
}

export interface ProgressBar {
  update(done: number, label?: string): void;
  stop(): void;
}

function terminalBar(label: string, total: number): ProgressBar {
  const bar = new SingleBar(
    {
      format: '{label} {bar} {percentage} % · {eta_formatted} left',
      stream: stderr,
      clearOnComplete: true,
      hideCursor: true,
      etaBuffer: 50,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0, { label });
  return {
    update: (done, newLabel) => bar.update(done, newLabel === undefined ? {} : { label: newLabel }),
    stop: () => bar.stop(),
  };
}

const silentBar: ProgressBar = { update: () => undefined, stop: () => undefined };

export function createIo(): CommandIo {
  // `lobate … | head` closes our output early: that is the reader's choice and not a failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') exit(0);
    throw error;
  });
  return {
    out: (text) => stdout.write(`${text}\n`),
    json: (value) => stdout.write(`${JSON.stringify(value)}\n`),
    note: (text) => stderr.write(`${text}\n`),
    progress: (label, total) => (stderr.isTTY ? terminalBar(label, total) : silentBar),
  };
}
