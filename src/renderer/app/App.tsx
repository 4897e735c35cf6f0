import { useEffect } from 'react';
import { useProgress } from '../state/progress.ts';
import { useField } from '../state/field.ts';
import { useView } from '../state/view.ts';
import { Empty } from '../components/Panel.tsx';
import { ErrorBox } from '../components/ErrorBox.tsx';
import { Dock } from '../layout/Dock.tsx';
import { ExportDialog } from '../views/export/ExportDialog.tsx';
import { ColumnsDialog } from '../views/columns/ColumnsDialog.tsx';
import { ModelsDialog } from '../views/models/ModelsDialog.tsx';
import { OpenDialog } from '../views/open/OpenDialog.tsx';
import { LocateDialog } from '../views/project/LocateDialog.tsx';
import { SaveCopyDialog } from '../views/project/SaveCopyDialog.tsx';
import { PreflightDialog } from '../views/preflight/PreflightDialog.tsx';
import { RecipeDialog } from '../views/recipe/RecipeDialog.tsx';
import { StartPage } from '../views/start/StartPage.tsx';
import { TrainingDialog } from '../views/training/TrainingDialog.tsx';
import { OnlineDialog } from './OnlineDialog.tsx';
import { AboutDialog } from './AboutDialog.tsx';
import { KeySheet } from '../keys/KeySheet.tsx';
import { TitleBar } from './TitleBar.tsx';
import { useDesktopCommands } from './use-desktop-commands.ts';
import { useFileDrop } from './use-file-drop.ts';
import { useWindowKeys } from './window-keys.ts';

export function App() {
  const connection = useProgress((state) => state.connection);
  const project = useField((state) => state.project);
  const failure = useField((state) => state.failure);
  const dialog = useView((state) => state.dialog);
  useWindowKeys();
  useFileDrop();
  useDesktopCommands();
  const title = project == null ? 'Lobate' : `${project.name} – Lobate`;
  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <div className="window">
      <TitleBar />
      <div>
        {connection === 'lost' && (
          <div className="banner" role="status">
            The engine is gone. Reconnecting… What is on screen stays; nothing that was stored is lost. If it does not
            come back, start Lobate again.
          </div>
        )}
        {connection === 'refused' && (
          <div className="banner" role="status">
            Lobate was started again and does not know this window. What is on screen stays, but nothing new arrives:
            open the address that Lobate printed in its terminal. Enter there prints a new one.
          </div>
        )}
      </div>
      <main style={{ minHeight: 0, position: 'relative' }}>
        {project === undefined && failure === undefined && <Connecting isLost={connection === 'lost'} />}
        {project === undefined && failure !== undefined && <ErrorBox what="The engine did not answer" why={failure} />}
        {project === null && <StartPage />}
        {project !== null && project !== undefined && <Dock project={project} />}
      </main>
      {dialog === 'open' && <OpenDialog />}
      {dialog === 'export' && project != null && <ExportDialog />}
      {dialog === 'preflight' && project != null && <PreflightDialog />}
      {dialog === 'recipe' && <RecipeDialog />}
      {dialog === 'models' && <ModelsDialog />}
      {dialog === 'training' && project != null && <TrainingDialog />}
      {dialog === 'columns' && project != null && <ColumnsDialog />}
      {dialog === 'online' && <OnlineDialog />}
      {dialog === 'about' && <AboutDialog />}
      {dialog === 'keys' && <KeySheet />}
      {dialog === 'locate' && <LocateDialog />}
      {dialog === 'save-copy' && project != null && <SaveCopyDialog project={project} />}
    </div>
  );
}

function Connecting({ isLost }: { readonly isLost: boolean }) {
  return (
    <Empty title={isLost ? 'Waiting for the engine' : 'Connecting to the engine'}>Usually a matter of a second.</Empty>
  );
}
