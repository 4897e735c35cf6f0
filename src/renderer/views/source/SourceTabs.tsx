import { Tabs } from '@mantine/core';
import { useState } from 'react';
import type { CutoutColumns } from '../../../contract/column-sets.ts';
import type { RunDevice } from '../../../contract/device-schemas.ts';
import type { SourceDetails } from '../../../contract/schemas.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { AssociationTab } from '../association/AssociationTab.tsx';
import { FeatureList } from './FeatureList.tsx';
import { NeighbourList } from './NeighbourList.tsx';
import { Provenance } from './Provenance.tsx';
import { SisgRules } from './SisgRules.tsx';
import { WhyTab } from './why/WhyTab.tsx';

/** In the order in which they stand and are walked through. */
const TABS = ['neighbours', 'why', 'association', 'features', 'sisg', 'provenance'] as const;

interface SourceTabsProps {
  readonly details: SourceDetails;
  readonly cutout: CutoutColumns | undefined;
  /** What computed the run, part by part. */
  readonly devices: readonly RunDevice[];
}

/** What is looked up about a source rather than seen at a glance: its surroundings, reasons, numbers and provenance. */
export function SourceTabs({ details, cutout, devices }: SourceTabsProps) {
  const [tab, setTab] = useState<string>(TABS[0]);
  const show = (next: string | null): void => {
    setTab(next ?? TABS[0]);
    requestAnimationFrame(bringIntoView);
  };
  const step = (by: number) => (): void => {
    const place = TABS.findIndex((name) => name === tab);
    show(TABS[(place + by + TABS.length) % TABS.length]!);
  };
  useKeys({ 'next-tab': step(1), 'previous-tab': step(-1) });
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      onChange={show}
      classNames={{ list: 'source__tabs', tab: 'source__tab', panel: 'source__tabpanel' }}
    >
      <Tabs.List>
        <Tabs.Tab value="neighbours">Neighbours {details.neighbours.length}</Tabs.Tab>
        <Tabs.Tab value="why">Why</Tabs.Tab>
        <Tabs.Tab value="association">Group</Tabs.Tab>
        <Tabs.Tab value="features">Features {details.features.length}</Tabs.Tab>
        <Tabs.Tab value="sisg">SISG rules</Tabs.Tab>
        <Tabs.Tab value="provenance">Provenance</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="neighbours">
        <NeighbourList details={details} />
      </Tabs.Panel>
      <Tabs.Panel value="why">
        <WhyTab details={details} cutout={cutout} />
      </Tabs.Panel>
      <Tabs.Panel value="association">
        <AssociationTab row={details.row} />
      </Tabs.Panel>
      <Tabs.Panel value="features">
        <FeatureList features={details.features} />
      </Tabs.Panel>
      <Tabs.Panel value="sisg">
        <SisgRules details={details} />
      </Tabs.Panel>
      <Tabs.Panel value="provenance">
        <Provenance details={details} cutout={cutout} devices={devices} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** Low windows have the tabs at their lower edge: what was asked for is brought above it. */
function bringIntoView(): void {
  const panels = [...document.querySelectorAll('.source__tabpanel')];
  panels.find((panel) => panel.checkVisibility())?.scrollIntoView({ block: 'nearest' });
}
