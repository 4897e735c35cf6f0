import type { CutoutGeometry } from '../../../core/cutout/cutout-recipe.ts';
import type { PreflightReport } from '../../../contract/schemas.ts';
import { fixed } from '../../components/format.ts';
import { Icon } from '../../components/Icon.tsx';
import { Section } from './RowCounts.tsx';

interface GeometryChoiceProps {
  readonly report: PreflightReport;
  readonly onGeometry: (geometry: CutoutGeometry) => void;
}

/** Scale and beam against the model's, and how cutouts are made where they differ: chosen here, never silently. */
export function GeometryChoice({ report, onGeometry }: GeometryChoiceProps) {
  const { mosaics, outOfDomain, run } = report;
  const sidesArcsec = mosaics.pixelScaleArcsec === null ? undefined : Math.round(128 * mosaics.pixelScaleArcsec.high);
  const choices: readonly { readonly geometry: CutoutGeometry; readonly label: string; readonly hint: string }[] = [
    {
      geometry: 'pixels',
      label: 'pixels as they are',
      hint: sidesArcsec === undefined ? '' : `${sidesArcsec}″ of sky`,
    },
    { geometry: 'angular', label: 'resampled to 1.5″', hint: '192″ of sky' },
  ];
  return (
    <Section title="Mosaics and model" aside={`${mosaics.count} ${mosaics.count === 1 ? 'mosaic' : 'mosaics'}`}>
      <dl className="facts preflight__facts">
        <dt>Pixels</dt>
        <dd>{spanText(mosaics.pixelScaleArcsec)}</dd>
        <dt>Beam</dt>
        <dd>{spanText(mosaics.beamMajArcsec)}</dd>
      </dl>
      <fieldset className="preflight__choice">
        <legend className="quiet small">Cutouts</legend>
        {choices.map(({ geometry, label, hint }) => (
          <label key={geometry}>
            <input
              type="radio"
              name="geometry"
              checked={run.geometry === geometry}
              onChange={() => onGeometry(geometry)}
            />
            {label} <span className="quiet small">{hint}</span>
            {run.geometryAdvised === geometry && run.geometryAdvised !== 'pixels' && (
              <span className="preflight__advised small">advised</span>
            )}
          </label>
        ))}
      </fieldset>
      {outOfDomain.map((sentence) => (
        <p key={sentence} className="preflight__sentence small">
          <Icon name="warning" size={14} />
          <span>{sentence}</span>
        </p>
      ))}
    </Section>
  );
}

function spanText(span: { readonly low: number; readonly high: number } | null): string {
  if (span === null) return 'not given';
  const [low, high] = [fixed(span.low, 2), fixed(span.high, 2)];
  return low === high ? `${low}″` : `${low}–${high}″`;
}
