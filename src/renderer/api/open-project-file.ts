import { useLocating } from '../state/locating.ts';
import { useView } from '../state/view.ts';
import type { EngineClient } from './connection.ts';
import { refusalKind } from './refusal.ts';

/** Opens a project file. Where files that it names have moved, a dialog asks where they are now instead of an error. */
export async function openProjectFile(engine: EngineClient, path: string): Promise<void> {
  try {
    await engine.project.openFile({ path });
  } catch (error) {
    if (refusalKind(error) !== 'project-input-missing') throw error;
    useLocating.getState().setProject(path);
    useView.getState().set({ dialog: 'locate' });
  }
}
