import { Panel } from '../../components/Panel.tsx';
import { LabellerSettings } from './LabellerSettings.tsx';
import { LabelFiles } from './LabelFiles.tsx';
import { LabelSummary } from './LabelSummary.tsx';
import { QueueControls } from './QueueControls.tsx';
import './labels.css';

/** The label queue: what it asks for and how far it is, who labels, and how well labellers agree. */
export function LabelsPanel() {
  return (
    <Panel title="Labels" aside={<LabelFiles />}>
      <div className="labels">
        <QueueControls />
        <LabelSummary />
        <LabellerSettings />
      </div>
    </Panel>
  );
}
