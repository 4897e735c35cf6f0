import type { ProjectSummary } from '../../../contract/schemas.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { useFolderOf } from '../../api/folder-of.ts';
import { reloadReference } from '../../api/load-reference.ts';
import { PathChooser } from '../../components/PathChooser.tsx';
import { fileNameOf } from '../../state/evaluation.ts';

/** Names by which component catalogues and label lists are usually called. */
const LIKELY = /comp|label|assoc|truth/i;

/** Chooses the labels to judge by: a table beside the catalogue, or any path. */
export function LabelsChooser({ project }: { readonly project: ProjectSummary }) {
  const engine = useEngine();
  const likely = useFolderOf(project.catalogue.path)
    .filter(
      ({ kind, name, path }) => /^(fits|table)$/.test(kind) && LIKELY.test(name) && path !== project.catalogue.path,
    )
    .map(({ path, name }) => ({ path, label: name }));
  return (
    <PathChooser
      label="Path of the labels"
      placeholder="Component catalogue or table with labels"
      act="Load labels"
      likely={likely}
      likelyLabel="Beside the catalogue…"
      onChoose={async (path) => {
        await engine.evaluation.loadReference({ path });
        await reloadReference(engine);
      }}
    />
  );
}

/** What the labels are, and the way to others. */
export function LabelsLine({ path, onForget }: { readonly path: string; readonly onForget: () => void }) {
  return (
    <span className="small quiet cut" title={path}>
      {fileNameOf(path)}{' '}
      <button type="button" className="link" onClick={onForget}>
        change
      </button>
    </span>
  );
}
