import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { SAMP_HOSTS_SETTING } from '../../../contract/samp.ts';
import { machineSettings } from '../../state/machine-settings.ts';

/** Hosts beside this machine whose files may be fetched when a program names them. */
export function SampHosts() {
  const [hosts, setHosts] = useState(machineSettings.peek(SAMP_HOSTS_SETTING) ?? '');
  return (
    <details className="samp__hosts">
      <summary className="quiet small">Files of other machines</summary>
      <TextInput
        size="xs"
        aria-label="Hosts that may be fetched from"
        description="Only files of this machine are fetched. Hosts to allow besides:"
        placeholder="archive.example.org"
        spellCheck={false}
        value={hosts}
        onChange={(event) => {
          setHosts(event.currentTarget.value);
          machineSettings.storage.setItem(SAMP_HOSTS_SETTING, event.currentTarget.value);
        }}
      />
    </details>
  );
}
