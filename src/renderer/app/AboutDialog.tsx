import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../api/engine-context.tsx';
import { useView } from '../state/view.ts';

export function AboutDialog() {
  const engine = useEngine();
  const setView = useView((state) => state.set);
  const about = useQuery({ queryKey: ['about'], queryFn: () => engine.app.about() });
  return (
    <Modal opened onClose={() => setView({ dialog: undefined })} title="About Lobate" size={600}>
      <p style={{ marginTop: 0 }}>
        Gives every source of a PyBDSF catalogue P(MC): the probability that it is one component of a radio source that
        the finder split into several rows.
      </p>
      <dl className="facts" style={{ padding: 0 }}>
        <dt>Version</dt>
        <dd>{about.data?.version ?? '–'}</dd>
        <dt>Runs as</dt>
        <dd>{about.data?.host === 'desktop' ? 'desktop program' : 'local web page'}</dd>
        <dt>Method</dt>
        <dd>Alegre et al. 2024</dd>
        <dt>Sky</dt>
        <dd>Aladin Lite 3.8.2, CDS Strasbourg</dd>
        <dt>Licence</dt>
        <dd>GPL-3.0-or-later</dd>
      </dl>
      <p className="quiet" style={{ marginBottom: 0 }}>
        P(MC) is the softmax output under the balanced training prior, not a calibrated rate. Nothing leaves this
        machine unless online surveys are switched on.
      </p>
    </Modal>
  );
}
