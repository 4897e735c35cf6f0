import type { ComponentType } from 'react';
import type { ProjectSummary } from '../../contract/schemas.ts';
import { ComparisonPanel } from '../views/comparison/ComparisonPanel.tsx';
import { EvaluationPanel } from '../views/evaluation/EvaluationPanel.tsx';
import { FieldPanel } from '../views/field/FieldPanel.tsx';
import { LabelsPanel } from '../views/labels/LabelsPanel.tsx';
import { SisgPanel } from '../views/sisg/SisgPanel.tsx';
import { SkyPanel } from '../views/sky/SkyPanel.tsx';
import { SourcePanel } from '../views/source/SourcePanel.tsx';
import { SourceTable } from '../views/table/SourceTable.tsx';
import { ThresholdBar } from '../views/threshold/ThresholdBar.tsx';

/**
 * Where a panel stands until the astronomer moves it. `hero` (the sky) and `spine` (the threshold bar) are taken; panels
 * of one place share it as tabs, in the order of the table.
 */
export type PanelPlaceName = 'hero' | 'spine' | 'left' | 'right' | 'below';

export interface PanelDefinition {
  /** Stays for ever: remembered layouts hold it. */
  readonly id: string;
  readonly title: string;
  readonly place: PanelPlaceName;
  readonly component: ComponentType<{ readonly project: ProjectSummary }>;
  /** Smallest size in which its content can be read [CSS pixel]. */
  readonly minimumWidth: number;
  readonly minimumHeight: number;
  /** Shows what others make and makes nothing for them: behind another tab it stands still. */
  readonly restsBehind?: true;
}

/** Every panel of the window. A new one is one line here and a folder in `views/`; menu, dock and memory follow. */
export const PANELS: readonly PanelDefinition[] = [
  { id: 'field', title: 'Field', place: 'left', component: FieldPanel, minimumWidth: 200, minimumHeight: 120 },
  { id: 'sky', title: 'Sky', place: 'hero', component: SkyPanel, minimumWidth: 280, minimumHeight: 180 },
  {
    id: 'threshold',
    title: 'Threshold',
    place: 'spine',
    component: ThresholdBar,
    minimumWidth: 320,
    minimumHeight: 64,
  },
  { id: 'source', title: 'Source', place: 'right', component: SourcePanel, minimumWidth: 424, minimumHeight: 160 },
  {
    id: 'evaluation',
    title: 'Evaluation',
    place: 'right',
    component: EvaluationPanel,
    minimumWidth: 424,
    minimumHeight: 160,
    restsBehind: true,
  },
  {
    id: 'comparison',
    title: 'Compare',
    place: 'right',
    component: ComparisonPanel,
    minimumWidth: 424,
    minimumHeight: 160,
    restsBehind: true,
  },
  {
    id: 'sisg',
    title: 'SISG gate',
    place: 'right',
    component: SisgPanel,
    minimumWidth: 424,
    minimumHeight: 160,
    restsBehind: true,
  },
  { id: 'table', title: 'Sources', place: 'below', component: SourceTable, minimumWidth: 280, minimumHeight: 110 },
  { id: 'labels', title: 'Labels', place: 'below', component: LabelsPanel, minimumWidth: 280, minimumHeight: 110 },
];

export const panelOf = (id: string): PanelDefinition | undefined => PANELS.find((panel) => panel.id === id);
