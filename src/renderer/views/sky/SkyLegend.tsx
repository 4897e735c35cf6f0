import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { MosaicSummary } from '../../../contract/schemas.ts';
import { angle, fixed } from '../../components/format.ts';
import { probabilityGradient } from '../../components/probability-ramp.ts';
import { Untrained } from '../../components/Untrained.tsx';
import type { SkyMap } from '../../sky-map/sky-map-types.ts';
import { useThreshold } from '../../state/threshold.ts';

const NICE_ARCSEC = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18000, 36000];
const LONGEST_BAR_PX = 120;

interface SkyLegendProps {
  readonly map: SkyMap | undefined;
  readonly mosaic: MosaicSummary | undefined;
}

/** Colour bar of P(MC), scale bar, beam: what makes the picture readable by itself. */
export function SkyLegend({ map, mosaic }: SkyLegendProps) {
  const [arcsecPerPix, setArcsecPerPix] = useState<number | undefined>(undefined);
  const threshold = useThreshold((state) => state.threshold);

  useEffect(() => {
    if (map === undefined) return undefined;
    const measure = (): void => {
      const width = document.querySelector('.sky__map')?.clientWidth ?? 0;
      if (width > 0) setArcsecPerPix((map.view().fovDeg * 3600) / width);
    };
    measure();
    window.addEventListener('resize', measure);
    const end = map.onViewChanged(measure);
    return () => {
      end();
      window.removeEventListener('resize', measure);
    };
  }, [map]);

  const length =
    arcsecPerPix === undefined ? undefined : NICE_ARCSEC.findLast((size) => size / arcsecPerPix <= LONGEST_BAR_PX);
  const scale = length === undefined ? undefined : angle(length);
  return (
    <>
      <div className="sky__legend sky__legend--left">
        {scale !== undefined && length !== undefined && arcsecPerPix !== undefined && (
          <div className="sky__scale" style={{ width: length / arcsecPerPix }}>
            {Number(scale.number)}
            {scale.unit}
          </div>
        )}
        {mosaic?.beamMajArcsec != null && mosaic.beamMinArcsec !== null && (
          <span className="sky__beam">
            <Beam mosaic={mosaic} arcsecPerPix={arcsecPerPix} />
            beam {fixed(mosaic.beamMajArcsec, 1)}″
          </span>
        )}
      </div>
      <div className="sky__legend sky__legend--right">
        <Untrained />
        <Tooltip label="P(MC): softmax output under the balanced training prior, not a calibrated rate. Flagged sources are drawn solid, others thin, SISG dotted.">
          <div className="sky__ramp">
            <span>P(MC)</span>
            <span>0</span>
            <span className="sky__ramp-bar" style={{ background: probabilityGradient() }}>
              <i style={{ left: `${threshold * 100}%` }} />
            </span>
            <span>1</span>
          </div>
        </Tooltip>
      </div>
    </>
  );
}

interface BeamProps {
  readonly mosaic: MosaicSummary;
  readonly arcsecPerPix: number | undefined;
}

/** The beam at the scale of the view, where it is large enough to be seen and small enough to fit. */
function Beam({ mosaic, arcsecPerPix }: BeamProps) {
  const majPix = arcsecPerPix === undefined ? 0 : (mosaic.beamMajArcsec ?? 0) / arcsecPerPix;
  const minPix = arcsecPerPix === undefined ? 0 : (mosaic.beamMinArcsec ?? 0) / arcsecPerPix;
  if (majPix < 3 || majPix > 48) return null;
  const side = Math.ceil(majPix) + 2;
  return (
    <svg width={side} height={side} aria-hidden="true">
      <ellipse
        cx={side / 2}
        cy={side / 2}
        rx={minPix / 2}
        ry={majPix / 2}
        transform={`rotate(${-(mosaic.beamPaDeg ?? 0)} ${side / 2} ${side / 2})`}
        fill="currentColor"
      />
    </svg>
  );
}
