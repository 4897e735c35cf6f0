import type { CSSProperties } from 'react';
import type { ProjectSummary } from '../../contract/schemas.ts';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { Splitter } from '../components/Splitter.tsx';
import { useView } from '../state/view.ts';
import { FieldPanel } from '../views/field/FieldPanel.tsx';
import { SkyPanel } from '../views/sky/SkyPanel.tsx';
import { SourcePanel } from '../views/source/SourcePanel.tsx';
import { SourceTable } from '../views/table/SourceTable.tsx';
import { ThresholdBar } from '../views/threshold/ThresholdBar.tsx';

/** The main window: field, sky, source; threshold and table beneath the first two. */
export function FieldWindow({ project }: { readonly project: ProjectSummary }) {
  const { fieldWidth, sourceWidth, tableHeight, isFieldShown, set } = useView();
  const sizes = {
    height: '100%',
    '--field-width': isFieldShown ? `min(${fieldWidth}px, 22vw)` : '0px',
    '--source-width': `min(${sourceWidth}px, 45vw)`,
    '--table-height': `min(${tableHeight}px, 40vh)`,
  } as CSSProperties;
  return (
    <div className="work" style={sizes}>
      <div
        style={{
          gridArea: 'field',
          visibility: isFieldShown ? 'visible' : 'hidden',
          overflow: isFieldShown ? 'visible' : 'hidden',
        }}
      >
        <ErrorBoundary what="The field panel met a fault">
          <FieldPanel project={project} />
        </ErrorBoundary>
        <Splitter
          side="right"
          label="Width of the field panel"
          size={fieldWidth}
          least={168}
          most={360}
          onSize={(size) => set({ fieldWidth: size })}
        />
      </div>
      <div style={{ gridArea: 'sky', background: 'var(--ground)' }}>
        <ErrorBoundary what="The sky met a fault">
          <SkyPanel project={project} />
        </ErrorBoundary>
      </div>
      <div style={{ gridArea: 'threshold' }}>
        <ErrorBoundary what="The threshold bar met a fault">
          <ThresholdBar />
        </ErrorBoundary>
      </div>
      <div style={{ gridArea: 'table' }}>
        <ErrorBoundary what="The table met a fault">
          <SourceTable />
        </ErrorBoundary>
        <Splitter
          side="top"
          label="Height of the table"
          size={tableHeight}
          least={120}
          most={600}
          onSize={(size) => set({ tableHeight: size })}
        />
      </div>
      <div style={{ gridArea: 'source' }}>
        <ErrorBoundary what="The source panel met a fault">
          <SourcePanel project={project} />
        </ErrorBoundary>
        <Splitter
          side="left"
          label="Width of the source panel"
          size={sourceWidth}
          least={424}
          most={640}
          onSize={(size) => set({ sourceWidth: size })}
        />
      </div>
    </div>
  );
}
