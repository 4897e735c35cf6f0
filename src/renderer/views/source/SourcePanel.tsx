import { memo, useEffect, useMemo } from 'react';
import type { CutoutColumns, SourceColumns } from '../../../contract/column-sets.ts';
import type { ProjectSummary, SourceDetails } from '../../../contract/schemas.ts';
import { sentenceOf } from '../../api/refusal.ts';
import { fixed, flux, percent } from '../../components/format.ts';
import { positionForCopy, positionText } from '../../components/coordinates.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { ErrorBox } from '../../components/ErrorBox.tsx';
import { Empty, Panel } from '../../components/Panel.tsx';
import { ellipseOfRow } from '../../sky-map/sky-ellipse.ts';
import { useField } from '../../state/field.ts';
import { usePainted } from '../../state/painted.ts';
import { useSelection } from '../../state/selection.ts';
import { useView } from '../../state/view.ts';
import { LabelStrip } from '../labels/LabelStrip.tsx';
import { Channels } from './Channels.tsx';
import { SameSource } from './SameSource.tsx';
import { SourceProbability } from './SourceProbability.tsx';
import { SourceTabs } from './SourceTabs.tsx';
import { useSourcePage } from './use-source-page.ts';
import { WindowView } from './WindowView.tsx';
import './source-panel.css';

/** Everything about the selected source: what was found, what the model saw, and why. */
export function SourcePanel({ project }: { readonly project: ProjectSummary }) {
  const row = useSelection((state) => state.row);
  return (
    <Panel title="Source" aside={row === undefined ? undefined : <span className="small">row {row}</span>}>
      {row === undefined ? (
        <Empty title="No source selected">
          Click an ellipse on the sky or a row of the table: its cutouts, features, neighbours and probability appear
          here.
        </Empty>
      ) : (
        <SelectedSource row={row} project={project} />
      )}
    </Panel>
  );
}

function SelectedSource({ row, project }: { readonly row: number; readonly project: ProjectSummary }) {
  const setNeighbours = useSelection((state) => state.setNeighbours);
  const { details, cutout: answer, shown, isBehind } = useSourcePage(row);
  const sources = useField((state) => state.sources);
  const neighbours = isBehind ? undefined : shown?.details.neighbours;
  useEffect(() => {
    if (neighbours !== undefined) setNeighbours(neighbours.map((neighbour) => neighbour.row));
  }, [neighbours, setNeighbours]);

  if (details.isError) {
    return (
      <ErrorBox
        what={`Row ${row} cannot be shown`}
        why={sentenceOf(details.error)}
        onRetry={() => void details.refetch()}
      />
    );
  }
  if (shown === undefined) return <Shape />;
  const { details: data, cutout } = shown;
  const cutoutFailure = answer.isError ? sentenceOf(answer.error) : undefined;

  const known = atOnce(data, row, sources);

  return (
    <article className="source">
      <Identity details={known} />
      <SourceProbability details={known} />
      <LabelStrip row={row} />
      <div className="source__answer" data-stale={isBehind ? true : undefined}>
        {data.mosaicName === null ? (
          <Section title="Cutout">
            <p className="quiet source__note">
              This source lies on none of the open mosaics.{' '}
              {data.isSisg ? 'As SISG it is class S all the same.' : 'Open its mosaic to classify it.'}
            </p>
          </Section>
        ) : (
          <Section title="What the model saw" aside={cutout?.blank ?? <ValidShare cutout={cutout} />}>
            <Channels cutout={cutout} failure={cutoutFailure} row={data.row} />
          </Section>
        )}
        <LowerPage details={data} cutout={cutout} project={project} />
      </div>
    </article>
  );
}

interface LowerPageProps {
  readonly details: SourceDetails;
  readonly cutout: CutoutColumns | undefined;
  readonly project: ProjectSummary;
}

/**
 * Follows in the frames after the channels and the label: whoever walks through a queue sees the next source at once, and
 * a key pressed meanwhile goes before it.
 */
function LowerPage({ details, cutout, project }: LowerPageProps) {
  const page = useMemo(() => ({ details, cutout }), [details, cutout]);
  const shown = usePainted(page);
  return (
    <div className="source__lower" data-stale={shown === page ? undefined : true}>
      <LowerParts details={shown.details} cutout={shown.cutout} project={project} />
    </div>
  );
}

const LowerParts = memo(function LowerParts({ details, cutout, project }: LowerPageProps) {
  const mosaic = project.mosaics.find((entry) => entry.name === details.mosaicName);
  return (
    <>
      {details.mosaicName !== null && (
        <Section title="Your view">
          <WindowView cutout={cutout} details={details} mosaic={mosaic} />
        </Section>
      )}
      <SourceTabs details={details} cutout={cutout} devices={project.run?.devices ?? []} />
    </>
  );
});

/** What the catalogue columns in memory say of the row, while the engine's answer still shows the one before. */
function atOnce(details: SourceDetails, row: number, sources: SourceColumns | undefined): SourceDetails {
  if (details.row === row || sources === undefined) return details;
  return {
    ...details,
    row,
    name: sources.name[row]!,
    sCode: sources.sCode[row]!,
    ...ellipseOfRow(sources, row),
    totalFluxMjy: sources.totalFluxMjy[row]!,
    peakFluxMjyPerBeam: sources.peakFluxMjyPerBeam[row]!,
    probability: null,
    duplicates: [],
  };
}

function Section({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: React.ReactNode;
  readonly children: React.ReactNode;
}) {
  return (
    <section aria-label={title}>
      <div className="source__heading">
        <h3>{title}</h3>
        {aside !== undefined && <span>{aside}</span>}
      </div>
      {children}
    </section>
  );
}

/** Of more than is in the picture: what lies outside of it is part of its noise. */
function ValidShare({ cutout }: { readonly cutout: CutoutColumns | undefined }) {
  const side = cutout?.windowSidePix;
  const means = `Share with a value of the ${side} × ${side} pixels whose noise scales the channels; the picture is their middle`;
  return <span title={cutout === undefined ? undefined : means}>valid {percent(cutout?.validFraction)}</span>;
}

function Identity({ details }: { readonly details: SourceDetails }) {
  const areDegreesShown = useView((state) => state.areDegreesShown);
  const setView = useView((state) => state.set);
  const total = flux(details.totalFluxMjy);
  const peak = flux(details.peakFluxMjyPerBeam, true);
  return (
    <header className="source__identity">
      <div className="source__line">
        <h3 className="source__name cut" title={details.name}>
          {details.name}
        </h3>
        <CopyButton text={details.name} label="Copy name" />
        <span
          className="quiet"
          style={{ marginLeft: 'auto' }}
          title="S_Code: S one Gaussian, C one Gaussian in a shared island, M several"
        >
          code <b>{details.sCode}</b>
        </span>
      </div>
      <div className="source__line">
        <button
          type="button"
          className="link"
          title="Sexagesimal or degrees"
          onClick={() => setView({ areDegreesShown: !areDegreesShown })}
        >
          {positionText(details.raDeg, details.decDeg, areDegreesShown)}
        </button>
        <CopyButton text={positionForCopy(details.raDeg, details.decDeg, areDegreesShown)} label="Copy position" />
        <span className="quiet small">ICRS</span>
      </div>
      <div className="source__line quiet">
        <span>
          <b>{total.number}</b> {total.unit}
        </span>
        <span>
          <b>{peak.number}</b> {peak.unit} peak
        </span>
        <span>
          <b>
            {fixed(details.majArcsec, 1)} × {fixed(details.minArcsec, 1)}
          </b>
          ″{details.paDeg === null ? '' : ` at ${fixed(details.paDeg, 0)}°`}
        </span>
      </div>
      <SameSource duplicates={details.duplicates} />
    </header>
  );
}

function Shape() {
  return (
    <div aria-hidden="true" style={{ padding: 12, display: 'grid', gap: 12 }}>
      <span className="shape" style={{ height: 16, width: '60%' }} />
      <span className="shape" style={{ height: 12, width: '80%' }} />
      <div style={{ display: 'flex', gap: 8 }}>
        <span className="shape" style={{ width: 128, height: 128 }} />
        <span className="shape" style={{ width: 128, height: 128 }} />
        <span className="shape" style={{ width: 128, height: 128 }} />
      </div>
      <span className="shape" style={{ width: 256, height: 256 }} />
    </div>
  );
}
