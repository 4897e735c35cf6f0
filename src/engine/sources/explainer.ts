import type { ExplainAnswer, ExplainJob, ExplainQuestion } from '../../contract/explain-job.ts';
import type { FromWorker } from '../../contract/worker-messages.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { FieldFiles } from '../../contract/field-files.ts';
import type { StartWorker, WorkerLink } from '../workers/worker-link.ts';

export interface ExplainerOptions {
  readonly files: FieldFiles;
  readonly startWorker: StartWorker;
  onTask(label: string, fraction: number | null): void;
}

interface Pending {
  readonly settle: (message: FromWorker) => void;
  readonly reject: (thrown: DomainFailure) => void;
}

/** Puts questions about sources to a worker of their own, so that a running classification goes on undisturbed. */
export class Explainer {
  readonly #options: ExplainerOptions;
  readonly #pending = new Map<number, Pending>();
  #worker: WorkerLink | undefined;
  #lastJob = 0;

  constructor(options: ExplainerOptions) {
    this.#options = options;
  }

  /**
   * @param signal tells the worker that nobody waits any more
   * @throws DomainFailure of the question; `worker-died`; `cancelled`
   */
  ask(question: ExplainQuestion, modelFolder: string, recipe: Recipe, signal?: AbortSignal): Promise<ExplainAnswer> {
    const jobId = ++this.#lastJob;
    const { files } = this.#options;
    const job: ExplainJob = { kind: 'explain', jobId, files, modelFolder, recipe, question };
    return new Promise((resolve, reject) => {
      const worker = (this.#worker ??= this.#start());
      const onAbort = (): void => {
        worker.send({ kind: 'cancel', jobId });
        end();
        reject(new DomainFailure({ kind: 'cancelled' }));
      };
      const end = (): void => {
        this.#pending.delete(jobId);
        signal?.removeEventListener('abort', onAbort);
      };
      this.#pending.set(jobId, {
        settle: (message) => {
          end();
          if (message.kind === 'explained') resolve(message.answer);
          if (message.kind === 'job-failed') reject(failureOf(message));
        },
        reject: (thrown) => {
          end();
          reject(thrown);
        },
      });
      if (signal?.aborted === true) {
        onAbort();
        return;
      }
      signal?.addEventListener('abort', onAbort, { once: true });
      worker.send(job);
    });
  }

  /** Ends the worker; questions that are under way are cancelled. */
  close(): void {
    this.#worker?.kill();
    this.#worker = undefined;
    for (const { reject } of [...this.#pending.values()]) reject(new DomainFailure({ kind: 'cancelled' }));
  }

  #start(): WorkerLink {
    const worker = this.#options.startWorker();
    worker.onMessage((message) => {
      if (message.kind === 'task') this.#options.onTask(message.label, message.fraction);
      if (message.kind === 'explained' || message.kind === 'job-failed') {
        this.#pending.get(message.jobId)?.settle(message);
      }
    });
    worker.onExit((why) => {
      if (this.#worker === worker) this.#worker = undefined;
      for (const { reject } of [...this.#pending.values()]) reject(new DomainFailure({ kind: 'worker-died', why }));
    });
    return worker;
  }
}

function failureOf({ error, message }: Extract<FromWorker, { kind: 'job-failed' }>): Error {
  return error === undefined ? new Error(message) : new DomainFailure(error);
}
