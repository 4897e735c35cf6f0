import type { SourceDetails } from '../../../contract/schemas.ts';
import { fixed, significant } from '../../components/format.ts';

const UNITS: Partial<Record<string, string>> = { arcsec: '″', 'mJy/beam': ' mJy/bm' };

const placeWords = (percentile: number | null): string =>
  percentile === null
    ? ''
    : `Larger than in ${fixed(percentile, percentile > 1 && percentile < 99 ? 0 : 1)} % of the field`;

/** The numbers that the network sees beside the image, in its order, two columns read downwards. */
export function FeatureList({ features }: { readonly features: SourceDetails['features'] }) {
  const isAnyMissing = features.some((feature) => feature.isMissing);
  return (
    <div className="features">
      <dl style={{ gridTemplateRows: `repeat(${Math.ceil(features.length / 2)}, 20px)` }}>
        {features.map(({ name, unit, value, isMissing, percentile }) => (
          <div key={name} title={isMissing ? `${name}: no such value; this number stands in for it` : name}>
            <dt className="cut">{name}</dt>
            <dd data-missing={isMissing ? true : undefined}>
              {significant(value, 4)}
              <span className="quiet">{UNITS[unit] ?? (unit === '' ? '' : ` ${unit}`)}</span>
              {isMissing && '*'}
            </dd>
            <dd className="features__place quiet" title={placeWords(percentile)}>
              {percentile !== null && <i style={{ left: `${percentile}%` }} />}
            </dd>
          </div>
        ))}
      </dl>
      {isAnyMissing && (
        <p className="quiet small">
          * no such value in the catalogue: the number stands in for it, as the recipe says.
        </p>
      )}
    </div>
  );
}
