import { contract } from './contract.ts';

export const sampRouter = contract.samp.router({
  state: contract.samp.state.handler(({ context }) => context.samp.state()),
  connect: contract.samp.connect.handler(async ({ context }) => {
    await context.samp.connect();
    return context.samp.state();
  }),
  disconnect: contract.samp.disconnect.handler(async ({ context }) => {
    await context.samp.disconnect();
    return context.samp.state();
  }),
  send: contract.samp.send.handler(async ({ context, input }) => ({ to: [...(await context.samp.send(input))] })),
  highlight: contract.samp.highlight.handler(async ({ context, input }) => {
    await context.samp.highlight(input.row);
    return {};
  }),
  take: contract.samp.take.handler(({ context, input }) => context.samp.take(input.id)),
  dismiss: contract.samp.dismiss.handler(async ({ context, input }) => {
    await context.samp.dismiss(input.id);
    return {};
  }),
});
