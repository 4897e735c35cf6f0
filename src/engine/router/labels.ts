import { agreementOf } from '../../core/labels/agreement.ts';
import { LABEL_WORDS } from '../../core/labels/label-words.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { parseLabelList } from '../../services/catalogue-files/label-list.ts';
import { contract } from './contract.ts';

export const labelsRouter = contract.labels.router({
  state: contract.labels.state.handler(({ context, input }) =>
    context.workbench.openProject.labels.state(input.labeller, input.isBlind),
  ),
  give: contract.labels.give.handler(({ context, input }) => context.workbench.openProject.labels.give(input)),
  undo: contract.labels.undo.handler(({ context, input }) => context.workbench.openProject.labels.undo(input.labeller)),
  queue: contract.labels.queue.handler(({ context, input }) => {
    const { labels, field, predictions, store } = context.workbench.openProject;
    const { catalogue, features } = field.field;
    if (input.order === 'disagreement' && input.otherRunId === undefined) {
      throw new DomainFailure({ kind: 'argument-invalid', name: 'the queue', why: 'choose a run to compare with' });
    }
    const other = input.otherRunId === undefined ? undefined : store.run(input.otherRunId).id;
    return labels.queue(input, {
      sisg: features.sisg,
      mosaic: field.assignment.mosaic,
      probability: predictions?.probability,
      otherProbability: other === undefined ? undefined : store.predictions(other, catalogue.rowCount).probability,
    });
  }),
  agreement: contract.labels.agreement.handler(({ context, input }) => {
    const { book } = context.workbench.openProject.labels;
    const { kappa, words, counts, ...found } = agreementOf(
      book.wordsOf(input.first),
      book.wordsOf(input.second),
      LABEL_WORDS,
    );
    return {
      ...found,
      kappa: kappa.defined ? kappa.value : null,
      undefinedBecause: kappa.defined ? null : kappa.reason,
      words: [...words],
      counts: counts.map((line) => [...line]),
    };
  }),
  gold: contract.labels.gold.handler(({ context, input }) => {
    const { book } = context.workbench.openProject.labels;
    const said = [...book.wordsOf(input.labeller)].filter(([row]) => book.gold.has(row));
    return { rows: said.length, right: said.filter(([row, word]) => book.gold.get(row) === word).length };
  }),
  importCsv: contract.labels.importCsv.handler(({ context, input }) => {
    const { labels } = context.workbench.openProject;
    const { words, absent } = parseLabelList(input.csv, input.fileName, (name) => labels.book.rowOfName(name));
    labels.giveAll(input.labeller, input.as === 'gold' ? 'gold' : 'import', words);
    return { rows: words.size, absent };
  }),
  runs: contract.labels.runs.handler(({ context }) =>
    context.workbench.openProject.store
      .runs()
      .filter(({ state }) => state === 'complete')
      .reverse()
      .map(({ id, modelId, startedAt }) => ({ id, modelId, startedAt })),
  ),
});
