import { Button, Menu } from '@mantine/core';
import { useRef } from 'react';
import { paths } from '../../../contract/paths.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { notify, notifyError } from '../../api/notify.ts';
import { count } from '../../components/format.ts';
import { Icon } from '../../components/Icon.tsx';
import { useLabeller } from '../../state/labels.ts';

/** Largest list that is read in [bytes]; some 400,000 lines. */
const LARGEST_BYTES = 15_000_000;

/** Labels in and out, as CSV. */
export function LabelFiles() {
  const engine = useEngine();
  const labeller = useLabeller();
  const input = useRef<HTMLInputElement>(null);
  const wanted = useRef<'label' | 'gold'>('label');

  const choose = (as: 'label' | 'gold'): void => {
    wanted.current = as;
    input.current?.click();
  };
  const read = async (file: File): Promise<void> => {
    if (file.size > LARGEST_BYTES) throw new Error(`${file.name}: is larger than 15 MB. Split the list of labels.`);
    const as = wanted.current;
    const { rows, absent } = await engine.labels.importCsv({
      csv: await file.text(),
      fileName: file.name,
      labeller,
      as,
    });
    const what = as === 'gold' ? 'known answers' : 'labels';
    notify(
      'info',
      `${file.name}: ${count(rows)} ${what} read${absent === 0 ? '' : `; ${count(absent)} names are not in this catalogue`}.`,
    );
  };

  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,text/csv"
        hidden
        aria-label="List of labels"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file !== undefined) read(file).catch((error: unknown) => notifyError('No label was read', error));
        }}
      />
      <Menu position="bottom-end" offset={4}>
        <Menu.Target>
          <Button size="compact-xs" variant="subtle" color="gray" rightSection={<Icon name="down" size={10} />}>
            Files
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={`${paths.exportLabels}?labeller=${encodeURIComponent(labeller)}`} download>
            Save my labels (CSV)
          </Menu.Item>
          <Menu.Item component="a" href={paths.exportLabels} download>
            Save labels that all agree on
          </Menu.Item>
          <Menu.Item component="a" href={paths.exportLabelHistory} download>
            Save the whole history
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => choose('label')}>Read labels…</Menu.Item>
          <Menu.Item onClick={() => choose('gold')}>Read known answers, to mix in…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
