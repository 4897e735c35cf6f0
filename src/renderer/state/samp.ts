import { create } from 'zustand';
import type { SampState } from '../../contract/samp.ts';

interface SampStore {
  /** Undefined until the engine has answered. */
  readonly state: SampState | undefined;
  /** Whether the other programs are told of every source that is selected here. */
  readonly isFollowed: boolean;
  readonly setState: (state: SampState) => void;
  readonly setFollowed: (isFollowed: boolean) => void;
}

export const useSamp = create<SampStore>()((set) => ({
  state: undefined,
  isFollowed: true,
  setState: (state) => set({ state }),
  setFollowed: (isFollowed) => set({ isFollowed }),
}));
