import { useEffect } from 'react';
import { desktopApi } from '../api/desktop.ts';
import { useEngine } from '../api/engine-context.tsx';
import { openProjectFile } from '../api/open-project-file.ts';
import { notify, notifyError } from '../api/notify.ts';
import { useOpening } from '../state/opening.ts';
import { useView } from '../state/view.ts';

/**
 * Files dropped on the window: a project opens at once, mosaics and catalogues are laid into the open dialog. A browser
 * does not tell where a file lies, so there the drop only leads to the dialog.
 */
export function useFileDrop(): void {
  const engine = useEngine();
  useEffect(() => {
    const onDragOver = (event: DragEvent): void => event.preventDefault();
    const onDrop = (event: DragEvent): void => {
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      const desktop = desktopApi();
      if (desktop === undefined) {
        useView.getState().set({ dialog: 'open' });
        notify(
          'info',
          'A browser does not say where a dropped file lies. Choose it here from the folders of the engine.',
        );
        return;
      }
      const dropped = files.map((file) => desktop.pathOfDroppedFile(file));
      const project = dropped.find((path) => path.endsWith('.lobate'));
      if (project !== undefined) {
        openProjectFile(engine, project).catch((error: unknown) => notifyError('The project was not opened', error));
        return;
      }
      useOpening.getState().addPaths(dropped);
      useView.getState().set({ dialog: 'open' });
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('drop', onDrop);
    };
  }, [engine]);
}
