import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';
import { machineSettings } from '../state/machine-settings.ts';

const SETTING = 'lobate-theme';

const isScheme = (value: string | undefined): value is MantineColorScheme =>
  value === 'dark' || value === 'light' || value === 'auto';

/** Dark or light, as this machine was left. */
export function colourSchemeManager(): MantineColorSchemeManager {
  let end: () => void = () => undefined;
  const kept = (): MantineColorScheme | undefined => {
    const value = machineSettings.peek(SETTING);
    return isScheme(value) ? value : undefined;
  };
  return {
    get: (standard) => kept() ?? standard,
    set: (scheme) => machineSettings.storage.setItem(SETTING, scheme),
    subscribe: (onUpdate) => {
      end = machineSettings.onLoaded(() => {
        const scheme = kept();
        if (scheme !== undefined) onUpdate(scheme);
      });
    },
    unsubscribe: () => end(),
    clear: () => machineSettings.storage.removeItem(SETTING),
  };
}
