import type { JoinReport } from '../core/catalogue/join-report.ts';
import { joinSentence } from '../core/catalogue/join-report.ts';
import type { CommandIo } from './io.ts';

/** Says how many labels of a file found their rows: a join that finds little is seen before its list is used. */
export function noteJoin(io: CommandIo, labels: { readonly join?: JoinReport | undefined } | undefined): void {
  if (labels?.join !== undefined) io.note(joinSentence(labels.join));
}
