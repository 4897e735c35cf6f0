import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { useEngine } from '../../api/engine-context.tsx';
import { reloadSamp } from '../../api/samp-sync.ts';
import { Icon } from '../../components/Icon.tsx';
import { useSamp } from '../../state/samp.ts';
import { SampConnected } from './SampConnected.tsx';
import { SampOff } from './SampOff.tsx';
import './samp.css';

/** The way to the other programs of the desktop: a button that says whether they are connected, and its panel. */
export function SampMenu() {
  const engine = useEngine();
  const state = useSamp((store) => store.state);
  const [isOpen, setOpen] = useState(false);
  const isConnected = state?.isConnected === true;
  const offers = state?.received.length ?? 0;
  const label = isConnected
    ? `SAMP: ${state.peers.length === 0 ? 'connected' : state.peers.map(({ name }) => name).join(', ')}`
    : 'TOPCAT, DS9, Aladin (SAMP)';

  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" offset={4} width={420} trapFocus withinPortal>
      <Popover.Target>
        <Tooltip label={label} disabled={isOpen}>
          <ActionIcon
            aria-label="Other programs (SAMP)"
            aria-expanded={isOpen}
            onClick={() => {
              setOpen(!isOpen);
              if (!isOpen) void reloadSamp(engine);
            }}
          >
            <span
              className="samp-button"
              data-connected={isConnected || undefined}
              data-offers={offers > 0 || undefined}
            >
              <Icon name="share" />
            </span>
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label="Other programs">
        {isConnected ? (
          <SampConnected state={state} onOpened={() => setOpen(false)} />
        ) : (
          <SampOff ended={state?.ended ?? null} />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
