import { Panel } from '../../components/Panel.tsx';
import { useLabelQueue } from '../../state/label-queue.ts';
import { count } from '../../components/format.ts';
import { LabellerSettings } from './LabellerSettings.tsx';
import { LabelFiles } from './LabelFiles.tsx';
import { LabelSummary } from './LabelSummary.tsx';
import { QueueControls } from './QueueControls.tsx';
import './labels.css';

/** The label queue: what it asks for and how far it is, who labels, and how well labellers agree. */
export function LabelsPanel() {
  const rows = useLabelQueue((state) => state.rows);
  const position = useLabelQueue((state) => state.position);
  const place = rows === undefined ? '' : `${count(Math.min(position + 1, rows.length))} of ${count(rows.length)}`;
  return (
    <Panel title="Labels" aside={<LabelFiles place={place} />}>
      <div className="labels">
        <QueueControls />
        <LabelSummary />
        <LabellerSettings />
      </div>
    </Panel>
  );
}
