import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ProjectSummary } from '../../contract/schemas.ts';
import { useEngine } from '../api/engine-context.tsx';
import { openProjectFile } from '../api/open-project-file.ts';
import { notifyError } from '../api/notify.ts';
import { Icon } from '../components/Icon.tsx';
import type { KeyCommandId } from '../keys/key-table.ts';
import { useKeyText } from '../keys/use-key-text.ts';
import { PanelsMenu } from '../layout/PanelsMenu.tsx';
import { useHistory } from '../state/history.ts';
import { useRecipeView } from '../state/recipe-view.ts';
import { useView } from '../state/view.ts';

const RECENT_SHOWN = 6;

/** Runs a request and says it when the engine refuses. */
const attempt = (what: string, action: () => Promise<unknown>) => () => {
  action().catch((error: unknown) => notifyError(what, error));
};

/** The name of the field, and the way to another one. */
export function FieldMenu({ project }: { readonly project: ProjectSummary }) {
  const engine = useEngine();
  const setView = useView((state) => state.set);
  const recent = useQuery({ queryKey: ['recent'], queryFn: () => engine.project.recent() });
  const others = (recent.data ?? []).filter((entry) => entry.exists && entry.path !== project.path);
  const names = others.map(({ name }) => name);

  return (
    <Menu position="bottom-start" offset={4}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          rightSection={<Icon name="down" size={12} />}
          styles={{ root: { minWidth: 0, flexShrink: 1 }, label: { minWidth: 0 } }}
          title={project.path}
        >
          <span className="cut">{project.name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => setView({ dialog: 'open' })} rightSection={<KeyHint command="open" />}>
          Open a field…
        </Menu.Item>
        {!project.isDemo && (
          <Menu.Item onClick={attempt('The demo field was not opened', () => engine.project.openDemo())}>
            Open the demo field
          </Menu.Item>
        )}
        {others.length > 0 && <Menu.Label>Recent</Menu.Label>}
        {others.slice(0, RECENT_SHOWN).map((entry) => (
          <Menu.Item
            key={entry.path}
            title={entry.path}
            onClick={attempt(`${entry.name} was not opened`, () => openProjectFile(engine, entry.path))}
          >
            {entry.name}
            {names.indexOf(entry.name) !== names.lastIndexOf(entry.name) && (
              <span className="quiet small"> in {entry.path.split(/[/\\]/).at(-2)}</span>
            )}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <HistoryItems />
        <Menu.Divider />
        <Menu.Item onClick={() => useRecipeView.getState().show()} rightSection={<KeyHint command="recipe" />}>
          Recipe…
        </Menu.Item>
        <Menu.Item onClick={() => setView({ dialog: 'models' })}>Models…</Menu.Item>
        <Menu.Item onClick={() => setView({ dialog: 'training' })}>Train a model…</Menu.Item>
        <Menu.Divider />
        <PanelsMenu />
        <Menu.Divider />
        <Menu.Item onClick={() => setView({ dialog: 'save-copy' })}>Save a copy to share…</Menu.Item>
        <Menu.Item onClick={attempt('The field was not closed', () => engine.project.close())}>
          Close this field
        </Menu.Item>
        <Menu.Item onClick={() => setView({ dialog: 'about' })}>About Lobate</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function KeyHint({ command }: { readonly command: KeyCommandId }) {
  const text = useKeyText()(command);
  return text === undefined ? null : <span className="quiet small">{text}</span>;
}

/** What can be taken back and done again, by name. */
function HistoryItems() {
  const { done, undone, undo, redo } = useHistory();
  const [last, next] = [done.at(-1), undone.at(-1)];
  return (
    <>
      <Menu.Item
        disabled={last === undefined}
        rightSection={<KeyHint command="undo" />}
        onClick={attempt('It was not taken back', undo)}
      >
        Undo {last?.label}
      </Menu.Item>
      <Menu.Item
        disabled={next === undefined}
        rightSection={<KeyHint command="redo" />}
        onClick={attempt('It was not done again', redo)}
      >
        Redo {next?.label}
      </Menu.Item>
    </>
  );
}
