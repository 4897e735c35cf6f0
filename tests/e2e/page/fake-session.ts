import { implement } from '@orpc/server';
import { api } from '../../../src/contract/api.ts';
import type { SessionView } from '../../../src/contract/session.ts';

/** Sessions and settings that last as long as the fake engine; `forget` leaves those of the machine, as for another project. */
export function fakeSession() {
  const { session } = implement(api);
  const settings: Record<string, string> = {};
  let view: SessionView | null = null;
  const forget = (): void => {
    view = null;
  };
  const router = session.router({
    settings: session.settings.handler(() => settings),
    keepSetting: session.keepSetting.handler(({ input }) => {
      if (input.text !== null) settings[input.name] = input.text;
      return {};
    }),
    view: session.view.handler(() => view),
    keepView: session.keepView.handler(({ input }) => {
      view = input.view;
      return {};
    }),
    inputs: session.inputs.handler(() => []),
    locate: session.locate.handler(() => []),
    saveCopy: session.saveCopy.handler(({ input }) => input),
  });
  return { router, forget };
}
