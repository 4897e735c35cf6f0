import { Fragment } from 'react';
import type { CutoutColumns } from '../../../contract/column-sets.ts';
import type { RunDevice } from '../../../contract/device-schemas.ts';
import { PROVIDER_LABELS } from '../../../contract/device-schemas.ts';
import { paths } from '../../../contract/paths.ts';
import type { SourceDetails } from '../../../contract/schemas.ts';
import { angle, percent } from '../../components/format.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { useProgress } from '../../state/progress.ts';
import { Icon } from '../../components/Icon.tsx';

/** Where the numbers come from, exact enough to be made again elsewhere. */
export function Provenance({
  details,
  cutout,
  devices,
}: {
  readonly details: SourceDetails;
  readonly cutout: CutoutColumns | undefined;
  /** What computed the run, part by part. */
  readonly devices: readonly RunDevice[];
}) {
  const run = useProgress((state) => state.run)?.run;
  const edge = angle(details.edgeArcsec);
  return (
    <dl className="facts" style={{ paddingTop: 8 }}>
      <dt>Mosaic</dt>
      <dd className="cut">{details.mosaicName ?? 'none'}</dd>
      <dt>Edge of the image</dt>
      <dd>{details.edgeArcsec === null ? '–' : `${edge.number}${edge.unit}`}</dd>
      <dt>Model</dt>
      <dd className="cut" title={run?.modelId}>
        {run?.modelId ?? 'none yet'}
      </dd>
      {run !== undefined && (
        <>
          <dt>Weights SHA-256</dt>
          <Hash hash={run.weightsSha256} label="Copy SHA-256 of the weights" />
        </>
      )}
      <dt>Recipe</dt>
      <dd>{details.recipeName}</dd>
      <dt>Cutout</dt>
      <dd>{details.geometry === 'angular' ? '192″ resampled to 1.5″' : 'pixels as they are'}</dd>
      {devices.map(({ fromBatch, provider, adapter, why }) => (
        <Fragment key={fromBatch}>
          <dt>{fromBatch === 0 ? 'Computed on' : `From batch ${fromBatch + 1}`}</dt>
          <dd className="cut" title={why === null ? adapter : `${adapter}. ${why}`}>
            {PROVIDER_LABELS[provider]} <span className="quiet">{adapter}</span>
          </dd>
        </Fragment>
      ))}
      <dt>Valid pixels</dt>
      <dd>{percent(details.validFraction ?? cutout?.validFraction)}</dd>
      <dt>Tensor SHA-256</dt>
      {cutout === undefined ? <dd>–</dd> : <Hash hash={cutout.sha256} label="Copy SHA-256 of the tensor" />}
      <dt>Tensor</dt>
      <dd>
        <a href={`${paths.cutout}${details.row}.npy`} download className="source__download">
          <Icon name="download" size={13} /> .npy, float32 CHW
        </a>
      </dd>
    </dl>
  );
}

/** Its beginning tells two apart; the whole is under the pointer and behind the button. */
function Hash({ hash, label }: { readonly hash: string; readonly label: string }) {
  return (
    <dd className="source__line" style={{ justifyContent: 'flex-end' }}>
      <code title={hash}>{hash.slice(0, 16)}…</code>
      <CopyButton text={hash} label={label} />
    </dd>
  );
}
