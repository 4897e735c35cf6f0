import { contract } from './contract.ts';

export const onlineRouter = contract.online.router({
  state: contract.online.state.handler(({ context }) => ({ isOn: context.online.isOn })),
  set: contract.online.set.handler(({ context, input }) => context.online.set(input.isOn)),
});
