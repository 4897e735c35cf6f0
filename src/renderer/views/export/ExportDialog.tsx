import { Button, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ExportFormat, ExportRequest } from '../../../contract/export.ts';
import { isPictureFormat, LONGEST_DOWNLOAD_ADDRESS } from '../../../contract/export.ts';
import { paths } from '../../../contract/paths.ts';
import { rowRangesOf } from '../../../core/table/row-ranges.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { desktopApi } from '../../api/desktop.ts';
import { notify } from '../../api/notify.ts';
import { sentenceOf } from '../../api/refusal.ts';
import { ChoiceSelect } from '../../components/ChoiceSelect.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { count, duration } from '../../components/format.ts';
import { Icon } from '../../components/Icon.tsx';
import { Untrained } from '../../components/Untrained.tsx';
import { useFlaggedCount } from '../../state/derived.ts';
import { useField } from '../../state/field.ts';
import { useProgress } from '../../state/progress.ts';
import { useSelection } from '../../state/selection.ts';
import { useListedRows } from '../../state/listed-rows.ts';
import { useThreshold } from '../../state/threshold.ts';
import { useView } from '../../state/view.ts';
import { FORMAT_CHOICES, keepsOf } from './export-formats.ts';
import './export-dialog.css';

const NO_ROWS = new Int32Array(0);

/** What leaves Lobate as a file: which rows, in which format, under which names, and where to. */
export function ExportDialog() {
  const engine = useEngine();
  const setView = useView((state) => state.set);
  const threshold = useThreshold((state) => state.threshold);
  const flagged = useFlaggedCount();
  const listed = useListedRows((state) => state.rows) ?? NO_ROWS;
  const all = useField((state) => state.sources?.rowCount ?? 0);
  const [rows, setRows] = useState<ExportRequest['rows']>('flagged');
  const [format, setFormat] = useState<ExportFormat>('fits');
  const [columnNames, setColumnNames] = useState<ExportRequest['columnNames']>('lobate');
  const [ellipse, setEllipse] = useState<ExportRequest['ellipse']>('fwhm');
  const [typedPath, setTypedPath] = useState<string | undefined>(undefined);
  const row = useSelection((state) => state.row);
  const name = useField((state) => (row === undefined ? undefined : state.sources?.name[row]));
  const writing = useRef<AbortController | undefined>(undefined);
  const close = (): void => {
    writing.current?.abort();
    setView({ dialog: undefined });
  };

  const isRegions = format === 'ds9' || format === 'crtf';
  const isPicture = isPictureFormat(format);
  const request: ExportRequest = {
    ...{ rows, threshold, format, columnNames, ellipse },
    ...(isPicture && row !== undefined ? { row } : {}),
  };
  const place = useQuery({
    queryKey: ['export-place', rows, threshold, format, isPicture ? row : undefined],
    queryFn: () => engine.export.place(request),
  });
  const proposed = place.data === undefined ? '' : `${place.data.folder}/${place.data.fileName}`;
  const path = typedPath ?? proposed;
  const whole = (): ExportRequest =>
    rows === 'selection' && !isPicture ? { ...request, selectedRows: rowRangesOf(listed) } : request;

  const save = useMutation({
    mutationFn: () => {
      writing.current = new AbortController();
      return engine.export.save({ request: whole(), path }, { signal: writing.current.signal });
    },
    onSuccess: ({ path: written, rows: writtenRows }) => {
      const what = isPicture ? '' : ` ${count(writtenRows)} ${isRegions ? 'regions' : 'rows'} to`;
      notify('info', `Saved${what} ${written}`);
      close();
    },
  });
  const download = (): void => {
    const address = `${paths.exportFile}?request=${encodeURIComponent(JSON.stringify(whole()))}`;
    if (address.length > LONGEST_DOWNLOAD_ADDRESS) {
      notify('warning', 'These rows are too scattered for a download. Save them on the machine of the engine instead.');
      return;
    }
    const link = document.createElement('a');
    link.href = address;
    link.download = '';
    link.click();
    close();
  };
  const change = <T,>(set: (value: T) => void) => {
    return (value: T): void => {
      save.reset();
      setTypedPath(undefined);
      set(value);
    };
  };
  const isCutout = isPicture && format !== 'moc';
  const isEmpty = isPicture ? isCutout && row === undefined : { flagged, selection: listed.length, all }[rows] === 0;

  const nothing = isPicture ? 'Select a source first.' : 'There are no such rows.';

  return (
    <Modal opened onClose={close} title="Export" size={560}>
      <form
        className="export"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isEmpty && path !== '') save.mutate();
        }}
      >
        {!isPicture && (
          <Radio.Group label="Rows" value={rows} onChange={(value) => change(setRows)(value)}>
            <Stack gap={6} mt={4}>
              <Radio
                data-autofocus
                value="flagged"
                label={<RowsLabel name={`Flagged, P(MC) ≥ ${threshold}`} rows={flagged} />}
              />
              <Radio value="selection" label={<RowsLabel name="What the table shows now" rows={listed.length} />} />
              <Radio value="all" label={<RowsLabel name="The whole catalogue" rows={all} />} />
            </Stack>
          </Radio.Group>
        )}
        <ChoiceSelect
          label="Format"
          description={isCutout ? `${name ?? 'No source is selected'}. ${keepsOf(format)}` : keepsOf(format)}
          inputWrapperOrder={['label', 'input', 'description']}
          choices={FORMAT_CHOICES}
          value={format}
          onChoose={change(setFormat)}
        />
        {isPicture ? null : isRegions ? (
          <ChoiceSelect
            label="Ellipses"
            choices={[
              { value: 'fwhm', label: 'FWHM: radii Maj/2 and Min/2' },
              { value: 'pybdsf', label: '2 × FWHM, as PyBDSF and the LoTSS overlays draw them' },
            ]}
            value={ellipse}
            onChoose={setEllipse}
          />
        ) : (
          <ChoiceSelect
            label="Names of the added columns"
            choices={[
              { value: 'lobate', label: 'Lobate’s: mc_probability, mc_prediction, mc_status, sisg' },
              { value: 'paper', label: `The paper’s: mc_probability_multi, mc_prediction_${threshold}` },
            ]}
            value={columnNames}
            onChoose={setColumnNames}
          />
        )}
        <TextInput
          label="File"
          description={desktopApi() === undefined ? 'On the machine that the engine runs on.' : undefined}
          inputWrapperOrder={['label', 'input', 'description']}
          value={path}
          spellCheck={false}
          onChange={(event) => {
            save.reset();
            setTypedPath(event.currentTarget.value);
          }}
        />
        <footer className="export__foot">
          {save.isError ? (
            <span role="alert" className="export__status export__status--failure">
              <Icon name="warning" size={14} />
              <span>{sentenceOf(save.error)}</span>
              <CopyButton text={sentenceOf(save.error)} label="Copy error" />
            </span>
          ) : (
            <span role="status" className="export__status quiet">
              {save.isPending ? <Writing /> : isEmpty ? nothing : <Untrained />}
            </span>
          )}
          <Button onClick={close}>Cancel</Button>
          {desktopApi() === undefined && (
            <Button disabled={isEmpty || save.isPending} onClick={download}>
              Download
            </Button>
          )}
          <Button type="submit" variant="filled" disabled={isEmpty || path === ''} loading={save.isPending}>
            Save
          </Button>
        </footer>
      </form>
    </Modal>
  );
}

/** How far the file is, and how long it still takes. Cancel ends it, and leaves no part of it. */
function Writing() {
  const task = useProgress((state) => state.task);
  if (task?.label.startsWith('Writing') !== true || task.fraction === null) return <>Gathering the rows…</>;
  const left = task.secondsLeft === null ? '' : `, ${duration(task.secondsLeft)} left`;
  return (
    <>
      Writing… {Math.floor(100 * task.fraction)} %{left}
    </>
  );
}

function RowsLabel({ name, rows }: { readonly name: string; readonly rows: number }) {
  return (
    <span>
      {name} <span className="quiet export__count">{count(rows)}</span>
    </span>
  );
}
