import { Autocomplete, Button, SegmentedControl, Select, TagsInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { DataExamination } from '../../../contract/training.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { refusalKind, sentenceOf } from '../../api/refusal.ts';
import { ErrorBox } from '../../components/ErrorBox.tsx';
import { count } from '../../components/format.ts';
import { Empty } from '../../components/Panel.tsx';
import { Icon } from '../../components/Icon.tsx';
import { useField } from '../../state/field.ts';
import { useDraft, usePlan } from './training-plan.ts';

const SPLITS = [
  { value: 'cell', label: 'Sky cells of 13.7′ and physical sources' },
  { value: 'source', label: 'Physical sources' },
  { value: 'row', label: 'Nothing: by row, as published' },
];
/** Kind of the refusal where no row has a label. */
const NO_DATA = 'training-data-insufficient';
type LabelKind = 'window' | 'file' | 'none';

/** Step 1: where labels come from, and what they make. */
export function DataStep() {
  const engine = useEngine();
  const { data, training, set, setTraining } = useDraft();
  const plan = usePlan();
  const project = useField((state) => state.project);
  const files = useQuery({ queryKey: ['label-files'], queryFn: () => engine.training.labelFiles() });
  const { labels } = data;
  const isReady = plan !== undefined && (labels.kind !== 'file' || labels.path !== '');
  const examined = useQuery({
    queryKey: ['training-examine', plan],
    queryFn: () => engine.training.examine(plan!),
    enabled: isReady,
    retry: false,
    placeholderData: keepPreviousData,
  });
  const choose = (kind: LabelKind): void => {
    set({ data: { ...data, labels: kind === 'file' ? { kind, path: files.data?.[0] ?? '' } : { kind } } });
  };
  const hasNothing =
    data.folders.length === 0 &&
    (labels.kind === 'none' ||
      (labels.kind === 'window' && examined.isError && refusalKind(examined.error) === NO_DATA));
  const isRefused = examined.isError || examined.data === undefined || examined.data.refusals.length > 0;

  return (
    <>
      <div className="training__body training__columns">
        <div className="training__fields">
          <div>
            <div className="training__label">Labels of {project?.name}</div>
            <SegmentedControl
              size="xs"
              value={labels.kind}
              onChange={(kind) => choose(kind)}
              data={[
                { value: 'window', label: 'Made in this window' },
                { value: 'file', label: 'From a file' },
                { value: 'none', label: 'Leave it out' },
              ]}
            />
          </div>
          {labels.kind === 'file' && (
            <Autocomplete
              size="xs"
              label="Component catalogue, or table of Source_Name and label"
              placeholder="path of a file"
              value={labels.path}
              data={files.data ?? []}
              onChange={(path) => set({ data: { ...data, labels: { kind: 'file', path } } })}
            />
          )}
          <TagsInput
            size="xs"
            label="Folders of other fields with labels"
            description="As `lobate simulate` writes them; Enter after each"
            value={data.folders}
            onChange={(folders) => set({ data: { ...data, folders } })}
          />
          <Select
            size="xs"
            label="Kept on one side of the split"
            data={SPLITS}
            value={training?.split ?? 'cell'}
            allowDeselect={false}
            onChange={(split) => setTraining({ split: (split ?? 'cell') as 'cell' | 'source' | 'row' })}
          />
        </div>
        <div className="training__report" aria-live="polite">
          {hasNothing && (
            <Empty title="Nothing to learn from yet">
              Label sources in this window, choose a file with labels, or add folders of other fields.
            </Empty>
          )}
          {examined.isError && !hasNothing && (
            <ErrorBox what="These data cannot be used" why={sentenceOf(examined.error)} />
          )}
          {!examined.isError && examined.data !== undefined && (
            <div style={{ opacity: examined.isPlaceholderData ? 0.5 : 1 }}>
              <Examination found={examined.data} isSisgKept={training?.mcExclusion === 'none'} />
            </div>
          )}
          {!examined.isError && examined.data === undefined && (
            <p className="quiet">{isReady ? 'Reading labels and features…' : 'Choose where the labels come from.'}</p>
          )}
        </div>
      </div>
      <div className="training__actions">
        <Button variant="filled" disabled={isRefused} onClick={() => set({ step: 'network' })}>
          Next
        </Button>
      </div>
    </>
  );
}

const PARTS = [
  ['train', 'Training'],
  ['validation', 'Validation'],
  ['test', 'Held out'],
] as const;

function Examination({ found, isSisgKept }: { readonly found: DataExamination; readonly isSisgKept: boolean }) {
  const { report, leftOut, candidateCount, refusals, warnings } = found;
  const reasons = [
    [leftOut.unlabelled, 'without a label'],
    [leftOut.artefact, 'artefacts'],
    [leftOut.ambiguous, 'both deblended and grouped'],
    [leftOut.withoutFeatures, 'without features'],
    [leftOut.outsideMosaics, 'outside the mosaics'],
  ] as const;
  const out = reasons.filter(([rows]) => rows > 0).map(([rows, why]) => `${count(rows)} ${why}`);
  return (
    <>
      {refusals.map((sentence) => (
        <p key={sentence} className="training__refusal">
          <Icon name="warning" /> This cannot be trained on: {sentence}.
        </p>
      ))}
      <p>
        {count(candidateCount)} labelled rows
        {report !== null &&
          `: ${count(report.candidates.mc)} MC and ${count(report.candidates.s)} S, of which ${count(report.candidates.sisgMc)} and ${count(report.candidates.sisgS)} are SISG and ${isSisgKept ? 'kept' : 'left out'}`}
        .{out.length > 0 && <span className="quiet"> Not usable: {out.join(', ')}.</span>}
      </p>
      {report !== null && (
        <table className="training__table">
          <thead>
            <tr>
              <th />
              <th>MC</th>
              <th>S</th>
              <th>S that are blends</th>
            </tr>
          </thead>
          <tbody>
            {PARTS.map(([part, title]) => (
              <tr key={part}>
                <th>{title}</th>
                <td>{count(report.parts[part].mc)}</td>
                <td>{count(report.parts[part].s)}</td>
                <td>{count(report.parts[part].blends)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {report !== null && (
        <p className="quiet small">
          On both sides of the split: {count(report.leakage.dividedSources)} physical sources. Judged pictures that show
          a source of the training: {count(report.leakage.sharedPictures)}. Rows within 2″ of another:{' '}
          {count(report.duplicates)}.
        </p>
      )}
      {warnings.map((sentence) => (
        <p key={sentence} className="training__warning">
          <Icon name="warning" /> {sentence.charAt(0).toUpperCase() + sentence.slice(1)}.
        </p>
      ))}
    </>
  );
}
