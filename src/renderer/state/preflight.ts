import { create } from 'zustand';
import { useView } from './view.ts';

interface PreflightState {
  /** The model that a run is looked at for; the default one where undefined. */
  readonly modelId: string | undefined;
  /** Shows the report before a run with that model. */
  readonly show: (modelId?: string) => void;
}

export const usePreflight = create<PreflightState>()((set) => ({
  modelId: undefined,
  show: (modelId) => {
    set({ modelId });
    useView.getState().set({ dialog: 'preflight' });
  },
}));
