import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ComparableRun, ComparedFile } from '../../../contract/evaluation.ts';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { useFolderOf } from '../../api/folder-of.ts';
import { count } from '../../components/format.ts';
import { PathChooser } from '../../components/PathChooser.tsx';
import { fileNameOf } from '../../state/evaluation.ts';
import { COMPARABLE_RUNS } from './use-comparison.ts';

/** Names that lists of scores usually have, as exported here or as the paper publishes them. */
const LIKELY_LIST = /pred|score|list|flag|prob|class/i;

interface ComparedFileChooserProps {
  readonly project: ProjectSummary;
  readonly onChosen: (runs: readonly ComparableRun[]) => void;
}

/** Chooses another project, or a list with scores: one beside this project, one opened here before, or any path. */
export function ComparedFileChooser({ project, onChosen }: ComparedFileChooserProps) {
  const engine = useEngine();
  const queries = useQueryClient();
  const beside = useFolderOf(project.path).filter(
    ({ kind, name }) => kind === 'project' || (/^(fits|table)$/.test(kind) && LIKELY_LIST.test(name)),
  );
  const recent = useQuery({ queryKey: ['recent-projects'], queryFn: () => engine.project.recent() }).data ?? [];
  const likely = new Map([
    ...beside.map(({ path, name }) => [path, name] as const),
    ...recent.filter(({ exists }) => exists).map(({ path, name }) => [path, `${name} (${fileNameOf(path)})`] as const),
  ]);
  likely.delete(project.path);
  likely.delete(project.catalogue.path);
  return (
    <PathChooser
      label="Path of the project or list to compare with"
      placeholder="Other project (.lobate) or list with mc_probability"
      act="Compare"
      likely={[...likely].map(([path, label]) => ({ path, label }))}
      likelyLabel="Projects and lists…"
      onChoose={async (path) => {
        const runs = await engine.evaluation.compareWithFile({ path });
        await queries.invalidateQueries({ queryKey: [COMPARABLE_RUNS] });
        onChosen(runs);
      }}
    />
  );
}

/** How the sources of the other file were found in this catalogue. */
export function ComparedFileLine({ file: { path, join } }: { readonly file: ComparedFile }) {
  const engine = useEngine();
  const queries = useQueryClient();
  const found = join.sourcesByName + join.sourcesByPosition;
  return (
    <p className="comparison__note small quiet" title={path}>
      {fileNameOf(path)}: {count(found)} of {count(found + join.sourcesWithout)} sources found in it
      {join.sourcesByPosition > 0 && `, ${count(join.sourcesByPosition)} of them by position`}{' '}
      <button
        type="button"
        className="link"
        onClick={() =>
          void engine.evaluation
            .forgetComparedFile()
            .then(() => queries.invalidateQueries({ queryKey: [COMPARABLE_RUNS] }))
        }
      >
        forget
      </button>
    </p>
  );
}
