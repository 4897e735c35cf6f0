import { stderr, stdout } from 'node:process';

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

const BAR_WIDTH = 28;
/** Redraws are bounded so that a fast loop does not spend its time on the terminal [ms]. */
const REDRAW_INTERVAL_MS = 100;

function terminalBar(label: string, total: number): ProgressBar {
  const startedAt = performance.now();
  let drawnAt = -Infinity;
  let current = label;
  return {
    update(done, newLabel) {
      current = newLabel ?? current;
      const now = performance.now();
      if (now - drawnAt < REDRAW_INTERVAL_MS && done < total) return;
      drawnAt = now;
      const fraction = total > 0 ? Math.min(1, done / total) : 0;
      const filled = Math.round(fraction * BAR_WIDTH);
      const seconds = (now - startedAt) / 1000;
      const left = fraction > 0.01 ? `${Math.ceil((seconds * (1 - fraction)) / fraction)} s left` : '';
      stderr.write(
        `\r\u001b[2K${current} ${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${Math.floor(100 * fraction)} % ${left}`,
      );
    },
    stop() {
      stderr.write('\r\u001b[2K');
    },
  };
}

const silentBar: ProgressBar = { update: () => undefined, stop: () => undefined };

export function createIo(): CommandIo {
  return {
    out: (text) => stdout.write(`${text}\n`),
    json: (value) => stdout.write(`${JSON.stringify(value)}\n`),
    note: (text) => stderr.write(`${text}\n`),
    progress: (label, total) => (stderr.isTTY ? terminalBar(label, total) : silentBar),
  };
}
