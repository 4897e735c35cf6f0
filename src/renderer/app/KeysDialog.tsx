import { Kbd, Modal } from '@mantine/core';
import { useView } from '../state/view.ts';
import { KEYS } from './window-keys.ts';

export function KeysDialog() {
  const setView = useView((state) => state.set);
  return (
    <Modal opened onClose={() => setView({ dialog: undefined })} title="Keyboard and mouse" size={600}>
      <table style={{ width: '100%', borderCollapse: 'collapse' }}>
        <tbody>
          {KEYS.map(([keys, does]) => (
            <tr key={keys} style={{ height: 28 }}>
              <td style={{ width: 176 }}>
                <Kbd size="xs" fz="xs" ff="inherit" fw={400}>
                  {keys}
                </Kbd>
              </td>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
