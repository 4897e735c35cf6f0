import { implement } from '@orpc/server';
import { api } from '../../../src/contract/api.ts';
import type { SampState } from '../../../src/contract/samp.ts';

const ALL = { table: true, image: true, highlight: true, selection: true, point: true };
const OFF: SampState = { isConnected: false, peers: [], received: [], ended: null };

/** A hub with TOPCAT and DS9 on it, and something that PyBDSF has sent. */
export function fakeSamp() {
  const { samp } = implement(api);
  let state = OFF;
  return samp.router({
    state: samp.state.handler(() => state),
    connect: samp.connect.handler(() => {
      state = {
        ...OFF,
        isConnected: true,
        peers: [
          { id: 'c1', name: 'SAOImage DS9', takes: ALL },
          { id: 'c2', name: 'topcat', takes: { ...ALL, image: false } },
        ],
        received: [{ id: 1, kind: 'table', name: 'PyBDSF srl table', from: 'PyBDSM' }],
      };
      return state;
    }),
    disconnect: samp.disconnect.handler(() => (state = OFF)),
    send: samp.send.handler(() => ({ to: state.peers.map(({ name }) => name) })),
    highlight: samp.highlight.handler(() => ({})),
    take: samp.take.handler(() => ({ path: '/data/received/PyBDSF_srl_table.fits', kind: 'table' as const })),
    dismiss: samp.dismiss.handler(() => {
      state = { ...state, received: [] };
      return {};
    }),
  });
}
