import { Button, Modal } from '@mantine/core';
import { ONLINE_ORIGINS } from '../../contract/online.ts';
import { useEngine } from '../api/engine-context.tsx';
import { notifyError } from '../api/notify.ts';
import { useOnline } from '../api/use-online.ts';
import { useView } from '../state/view.ts';

/** The one switch that lets the window ask other machines; it says which, for what, and what they learn. */
export function OnlineDialog() {
  const engine = useEngine();
  const isOn = useOnline();
  const setView = useView((state) => state.set);
  const close = (): void => setView({ dialog: undefined });
  const flip = (): void => {
    close();
    // Every window is loaded anew once the engine has changed its policy.
    engine.online.set({ isOn: !isOn }).catch((error: unknown) => notifyError('Nothing was switched', error));
  };
  return (
    <Modal opened onClose={close} title="Online surveys" size={520}>
      <p style={{ marginTop: 0 }}>
        {isOn ? 'The window may ask these machines, and no others:' : 'Switched on, the window may ask these machines:'}
      </p>
      <dl className="facts" style={{ padding: 0 }}>
        {ONLINE_ORIGINS.map(({ origin, what }) => (
          <div key={origin} style={{ display: 'contents' }}>
            <dt>{new URL(origin).host}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">
        They learn this machine’s network address, which part of the sky you look at while a survey is shown, and names
        that you type in the go-to box and that are not in your catalogue. Nothing of your files is sent. The window is
        loaded anew; at the next start of Lobate this is off again.
      </p>
      <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button onClick={flip}>{isOn ? 'Switch off' : 'Switch on'}</Button>
      </div>
    </Modal>
  );
}
