import type { ExplainAnswer, ExplainJob } from '../contract/explain-job.ts';
import type { FromWorker } from '../contract/worker-messages.ts';
import { explainSource } from '../services/explanation/explain-source.ts';
import type { ExplainedField } from '../services/explanation/explained-field.ts';
import { openExplainedField } from '../services/explanation/explained-field.ts';
import type { HiddenValues } from '../services/explanation/similar-sources.ts';
import { hiddenValuesOf, similarTo } from '../services/explanation/similar-sources.ts';
import { rotationSpreadsOf } from '../services/explanation/rotation-spreads.ts';
import { whatIf } from '../services/explanation/what-if.ts';

/** Answers questions about sources, keeping field and model open from one question to the next. */
export interface ExplainDesk {
  answer(job: ExplainJob, send: (message: FromWorker) => void, signal: AbortSignal): Promise<ExplainAnswer>;
}

interface OpenDesk {
  readonly key: string;
  readonly explained: ExplainedField;
  /** Known once somebody asked for similar sources. */
  hidden: HiddenValues | undefined;
}

export function createExplainDesk(): ExplainDesk {
  let open: OpenDesk | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const deskFor = async (job: ExplainJob): Promise<OpenDesk> => {
    const { files, modelFolder, recipe } = job;
    const key = JSON.stringify([files, modelFolder, recipe]);
    if (open?.key === key) return open;
    await open?.explained.close();
    open = undefined;
    open = { key, explained: await openExplainedField(files, modelFolder, recipe), hidden: undefined };
    return open;
  };

  const answer: ExplainDesk['answer'] = async (job, send, signal) => {
    const desk = await deskFor(job);
    const { question } = job;
    switch (question.kind) {
      case 'why':
        return { kind: 'why', explanation: await explainSource(desk.explained, question.row, signal) };
      case 'what-if':
        return { kind: 'what-if', answer: await whatIf(desk.explained, question.row, question.change) };
      case 'rotation': {
        const label = 'Turning sources';
        const onDone = (fraction: number): void => send({ kind: 'task', label, fraction: Math.min(fraction, 0.99) });
        const spreads = await rotationSpreadsOf(desk.explained, question.request, onDone, signal).finally(() =>
          send({ kind: 'task', label, fraction: 1 }),
        );
        return { kind: 'rotation', spreads };
      }
      case 'similar': {
        const label = 'Comparing sources';
        desk.hidden ??= await hiddenValuesOf(
          desk.explained,
          (fraction) => send({ kind: 'task', label, fraction: Math.min(fraction, 0.99) }),
          signal,
        ).finally(() => send({ kind: 'task', label, fraction: 1 }));
        const { name } = desk.explained.field.catalogue;
        return { kind: 'similar', similar: similarTo(desk.hidden, name, question.row, question.count) };
      }
    }
  };

  return {
    // One after the other: they share one network, whose run() holds the thread anyway.
    answer(job, send, signal) {
      const result = turn.then(() => answer(job, send, signal));
      turn = result.catch(() => undefined);
      return result;
    },
  };
}
