import { contract } from './contract.ts';

export const explainRouter = contract.explain.router({
  why: contract.explain.why.handler(async ({ context, input, signal }) => {
    const answer = await context.workbench.openProject.ask({ kind: 'why', row: input.row }, signal);
    if (answer.kind !== 'why') throw new Error('another question was answered');
    return answer.explanation;
  }),
  whatIf: contract.explain.whatIf.handler(async ({ context, input, signal }) => {
    const answer = await context.workbench.openProject.ask({ kind: 'what-if', ...input }, signal);
    if (answer.kind !== 'what-if') throw new Error('another question was answered');
    return answer.answer;
  }),
  similar: contract.explain.similar.handler(async ({ context, input, signal }) => {
    const answer = await context.workbench.openProject.ask({ kind: 'similar', ...input }, signal);
    if (answer.kind !== 'similar') throw new Error('another question was answered');
    return answer.similar;
  }),
  rotation: contract.explain.rotation.handler(async ({ context, input, signal }) => {
    const answer = await context.workbench.openProject.ask({ kind: 'rotation', request: input }, signal);
    if (answer.kind !== 'rotation') throw new Error('another question was answered');
    return answer.spreads;
  }),
});
