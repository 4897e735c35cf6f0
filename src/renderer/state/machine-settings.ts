import type { StateStorage } from 'zustand/middleware';

/** Where the settings really are: with the engine, because the window's own address changes at every start. */
export interface SettingsDoor {
  readonly load: () => Promise<Readonly<Record<string, string>>>;
  readonly keep: (name: string, text: string | null) => Promise<unknown>;
}

/**
 * Named texts that this machine keeps between starts: chosen keys, how things are shown, the layout of new projects. A
 * storage for zustand's `persist`. Reads wait until the engine has answered; what is set before is kept then.
 */
export function createMachineSettings() {
  const texts = new Map<string, string>();
  const listeners = new Set<() => void>();
  let door: SettingsDoor | undefined;
  let hasLoaded: () => void;
  const loaded = new Promise<void>((resolve) => (hasLoaded = resolve));
  const unsent = new Map<string, string | null>();

  const send = (name: string, text: string | null): void => {
    if (door === undefined) unsent.set(name, text);
    // A full disk must not keep anybody from working; the setting then lasts as long as the window.
    else door.keep(name, text).catch(() => undefined);
  };
  const storage: StateStorage<void> = {
    getItem: async (name) => {
      await loaded;
      return texts.get(name) ?? null;
    },
    setItem: (name, text) => {
      if (texts.get(name) === text) return;
      texts.set(name, text);
      send(name, text);
    },
    removeItem: (name) => {
      texts.delete(name);
      send(name, null);
    },
  };
  return {
    storage,
    loaded,
    /** What is known now, without waiting. */
    peek: (name: string): string | undefined => texts.get(name),
    /** Told once the engine has answered. */
    onLoaded: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** To be called once the engine is there; again after a lost connection does no harm. */
    async connect(opened: SettingsDoor): Promise<void> {
      const stored = await opened.load().catch(() => ({}));
      for (const [name, text] of Object.entries(stored)) if (!texts.has(name)) texts.set(name, text);
      door = opened;
      for (const [name, text] of unsent) send(name, text);
      unsent.clear();
      hasLoaded();
      for (const listener of listeners) listener();
    },
  };
}

export const machineSettings = createMachineSettings();
