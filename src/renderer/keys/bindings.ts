import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { machineSettings } from '../state/machine-settings.ts';
import type { Chord } from './chord.ts';
import type { KeyCommand, KeyCommandId } from './key-table.ts';
import { KEY_COMMANDS, KEY_TABLE } from './key-table.ts';

type ChosenKeys = Readonly<Partial<Record<KeyCommandId, readonly Chord[]>>>;

interface BindingState {
  /** Where they differ from the table. */
  readonly chosen: ChosenKeys;
  /** Gives the command this key alone; whatever had it before loses it. */
  readonly bind: (command: KeyCommandId, chord: Chord) => void;
  readonly reset: (command: KeyCommandId) => void;
  readonly resetAll: () => void;
}

/** The keys that the astronomer chose. */
export const useBindings = create<BindingState>()(
  persist(
    (set, get) => ({
      chosen: {},
      bind: (command, chord) => {
        const { chosen } = get();
        const robbed = KEY_COMMANDS.filter(
          ([id]) => id !== command && isOfGroupTab(id) === isOfGroupTab(command) && keysOf(chosen, id).includes(chord),
        ).map(([id]) => [id, keysOf(chosen, id).filter((key) => key !== chord)] as const);
        set({ chosen: { ...chosen, ...Object.fromEntries(robbed), [command]: [chord] } });
      },
      reset: (command) => {
        set({ chosen: Object.fromEntries(Object.entries(get().chosen).filter(([id]) => id !== command)) });
      },
      resetAll: () => set({ chosen: {} }),
    }),
    {
      name: 'lobate-keys',
      version: 1,
      storage: createJSONStorage(() => machineSettings.storage),
      partialize: ({ chosen }) => ({ chosen }),
    },
  ),
);

export function keysOf(chosen: ChosenKeys, command: KeyCommandId): readonly Chord[] {
  return chosen[command] ?? KEY_TABLE[command].keys;
}

/** Whether a command is one of the tab Group alone. */
export function isOfGroupTab(command: KeyCommandId): boolean {
  const { isOfGroupTab: isSo }: KeyCommand = KEY_TABLE[command];
  return isSo === true;
}

/** The command of a chord in the window, or in the tab Group; undefined where it has none. */
export function commandOf(chosen: ChosenKeys, chord: Chord, where: 'window' | 'group' = 'window') {
  const isWanted = (id: KeyCommandId): boolean => isOfGroupTab(id) === (where === 'group');
  return KEY_COMMANDS.find(([id]) => isWanted(id) && keysOf(chosen, id).includes(chord))?.[0];
}
