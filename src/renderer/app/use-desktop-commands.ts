import { useEffect } from 'react';
import type { DesktopCommand } from '../../contract/desktop-api.ts';
import { desktopApi } from '../api/desktop.ts';
import { notifyError } from '../api/notify.ts';
import { useField } from '../state/field.ts';
import { useHistory } from '../state/history.ts';
import { useView } from '../state/view.ts';

const DIALOGS_OF_A_FIELD: readonly DesktopCommand[] = ['export', 'save-copy'];

/** Does what is chosen in the system's menu, as its key would. */
function obey(command: DesktopCommand): void {
  if (command === 'undo' || command === 'redo') {
    // A text field that is being written in has an undo of its own.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else reaches a text field's own undo
    if (document.activeElement instanceof HTMLInputElement) document.execCommand(command);
    else {
      const done = useHistory.getState()[command]();
      done.catch((error: unknown) => notifyError(`${command} was not possible`, error));
    }
    return;
  }
  const hasField = useField.getState().project != null;
  if (DIALOGS_OF_A_FIELD.includes(command) && !hasField) return;
  useView.getState().set({ dialog: command });
}

/** Listens to the system's menu, where there is one. */
export function useDesktopCommands(): void {
  useEffect(() => desktopApi()?.onCommand(obey), []);
}
