import { contract } from './contract.ts';

export const appRouter = contract.app.router({
  about: contract.app.about.handler(({ context }) => ({
    version: context.softwareVersion,
    host: context.host,
    startFolder: context.startFolder,
  })),
  events: contract.app.events.handler(({ context, signal }) => context.events.subscribe(signal)),
});
