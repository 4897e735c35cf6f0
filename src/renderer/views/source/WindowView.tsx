import { Checkbox } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CutoutColumns, SourceColumns } from '../../../contract/column-sets.ts';
import type { MosaicSummary, SourceDetails } from '../../../contract/schemas.ts';
import { fixed, flux } from '../../components/format.ts';
import { useField } from '../../state/field.ts';
import { useSelection } from '../../state/selection.ts';
import { contourSegments } from './contours.ts';
import { paintWindow } from './draw-window.ts';
import { pixelOffsets } from './tangent-plane.ts';

/** First contour [σ] and the factor between two; the LoTSS overlays step by √2 from 2–3σ. Every second step is drawn here. */
const FIRST_CONTOUR_SIGMA = 3;
const CONTOUR_FACTOR = 2;
const CONTOUR_COUNT = 8;
const SCALE_BAR_ARCSEC = 60;

interface WindowViewProps {
  readonly cutout: CutoutColumns | undefined;
  readonly details: SourceDetails;
  readonly mosaic: MosaicSummary | undefined;
}

/** The astronomer's picture: the mosaic's pixels around the source with ellipses, contours, beam and scale. */
export function WindowView({ cutout, details, mosaic }: WindowViewProps) {
  const [hasEllipses, setHasEllipses] = useState(true);
  const [hasContours, setHasContours] = useState(false);
  const [isInverted, setIsInverted] = useState(false);
  const sources = useField((state) => state.sources);
  const sigma = flux(cutout?.sigmaMjyPerBeam, true);
  return (
    <div className="window-view">
      <div className="window-view__picture" data-inverted={isInverted ? true : undefined}>
        {cutout === undefined ? (
          <div className="shape" style={{ width: 256, height: 256 }} />
        ) : (
          <>
            <Pixels cutout={cutout} isInverted={isInverted} />
            <svg viewBox={`0 0 ${cutout.windowSidePix} ${cutout.windowSidePix}`} className="window-view__overlay">
              {hasContours && <Contours cutout={cutout} />}
              {hasEllipses && sources !== undefined && (
                <Ellipses cutout={cutout} details={details} mosaic={mosaic} sources={sources} />
              )}
              <Frame cutout={cutout} mosaic={mosaic} />
            </svg>
          </>
        )}
      </div>
      <div className="window-view__side small">
        <Checkbox
          size="xs"
          label="Ellipses (FWHM)"
          checked={hasEllipses}
          onChange={(event) => setHasEllipses(event.currentTarget.checked)}
        />
        <Checkbox
          size="xs"
          label="Contours 3σ × 2ⁿ"
          checked={hasContours}
          onChange={(event) => setHasContours(event.currentTarget.checked)}
        />
        <Checkbox
          size="xs"
          label="Inverted"
          checked={isInverted}
          onChange={(event) => setIsInverted(event.currentTarget.checked)}
        />
        <dl>
          <dt>stretch</dt>
          <dd>asinh −2 to 150σ</dd>
          <dt>σ of the cutout</dt>
          <dd>
            {sigma.number} {sigma.unit}
          </dd>
          <dt>island rms</dt>
          <dd>
            {details.islandRmsMjyPerBeam === null
              ? '–'
              : `${flux(details.islandRmsMjyPerBeam, true).number} ${flux(details.islandRmsMjyPerBeam, true).unit}`}
          </dd>
          <dt>beam</dt>
          <dd>
            {mosaic?.beamMajArcsec == null
              ? 'not in the header'
              : `${fixed(mosaic.beamMajArcsec, 1)}″ × ${fixed(mosaic.beamMinArcsec, 1)}″`}
          </dd>
        </dl>
      </div>
    </div>
  );
}

function Pixels({ cutout, isInverted }: { readonly cutout: CutoutColumns; readonly isInverted: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context != null) paintWindow(context, cutout, isInverted);
  }, [cutout, isInverted]);
  const side = cutout.windowSidePix;
  return (
    <canvas
      ref={canvas}
      width={side}
      height={side}
      role="img"
      aria-label="The mosaic around the source, north up, east left"
    />
  );
}

interface EllipsesProps {
  readonly cutout: CutoutColumns;
  readonly details: SourceDetails;
  readonly mosaic: MosaicSummary | undefined;
  readonly sources: SourceColumns;
}

/** The source solid, every other catalogue row in the window dashed; a click on one goes to it. */
function Ellipses({ cutout, details, mosaic, sources }: EllipsesProps) {
  const select = useSelection((state) => state.select);
  const side = cutout.windowSidePix;
  const shapes = useMemo(() => {
    const offsetTo = pixelOffsets(mosaic, details.raDeg, details.decDeg, cutout.pixelScaleArcsec);
    const reachDeg = (side * cutout.pixelScaleArcsec) / 3600;
    const found: { row: number; x: number; y: number; turnDeg: number }[] = [];
    for (let row = 0; row < sources.rowCount; row += 1) {
      if (Math.abs(sources.decDeg[row]! - details.decDeg) > reachDeg) continue;
      const offset = offsetTo(sources.raDeg[row]!, sources.decDeg[row]!);
      if (Math.max(Math.abs(offset.x), Math.abs(offset.y)) > side / 2 + 20) continue;
      const north = offsetTo(sources.raDeg[row]!, sources.decDeg[row]! + 1 / 3600);
      const northDeg = (Math.atan2(offset.x - north.x, north.y - offset.y) * 180) / Math.PI;
      const paDeg = sources.paDeg[row]!;
      // SVG turns clockwise; position angles run from north through east, counter-clockwise with east left.
      found.push({
        row,
        x: side / 2 + offset.x + 0.5,
        y: side / 2 - offset.y - 0.5,
        turnDeg: -((Number.isNaN(paDeg) ? 0 : paDeg) + northDeg),
      });
    }
    return found;
  }, [cutout, details, mosaic, sources, side]);

  return (
    <g fill="none" className="window-view__ellipses">
      {shapes.map(({ row, x, y, turnDeg }) => (
        <ellipse
          key={row}
          cx={x}
          cy={y}
          rx={sources.minArcsec[row]! / 2 / cutout.pixelScaleArcsec}
          ry={sources.majArcsec[row]! / 2 / cutout.pixelScaleArcsec}
          transform={`rotate(${turnDeg} ${x} ${y})`}
          data-selected={row === details.row ? true : undefined}
          onClick={() => select(row)}
        >
          <title>{sources.name[row]}</title>
        </ellipse>
      ))}
    </g>
  );
}

function Contours({ cutout }: { readonly cutout: CutoutColumns }) {
  const path = useMemo(() => {
    const { windowSidePix: side, centreMjyPerBeam: centre, sigmaMjyPerBeam: sigma } = cutout;
    if (centre === null || sigma === null) return '';
    return Array.from(
      { length: CONTOUR_COUNT },
      (_, step) => centre + FIRST_CONTOUR_SIGMA * sigma * CONTOUR_FACTOR ** step,
    )
      .flatMap((level) => contourSegments(cutout.window, side, level))
      .map(
        ([x1, y1, x2, y2]) =>
          `M${(x1 + 0.5).toFixed(2)} ${(side - 0.5 - y1).toFixed(2)}L${(x2 + 0.5).toFixed(2)} ${(side - 0.5 - y2).toFixed(2)}`,
      )
      .join('');
  }, [cutout]);
  return <path d={path} className="window-view__contours" />;
}

/** Beam lower left, scale bar lower right, compass upper left. */
function Frame({ cutout, mosaic }: { readonly cutout: CutoutColumns; readonly mosaic: MosaicSummary | undefined }) {
  const side = cutout.windowSidePix;
  const bar = SCALE_BAR_ARCSEC / cutout.pixelScaleArcsec;
  const majPix = (mosaic?.beamMajArcsec ?? 0) / cutout.pixelScaleArcsec;
  const minPix = (mosaic?.beamMinArcsec ?? 0) / cutout.pixelScaleArcsec;
  return (
    <g className="window-view__frame">
      {majPix > 0 && (
        <ellipse
          cx={12}
          cy={side - 12}
          rx={minPix / 2}
          ry={majPix / 2}
          transform={`rotate(${-(mosaic?.beamPaDeg ?? 0)} 12 ${side - 12})`}
        />
      )}
      <path d={`M${side - 10 - bar} ${side - 9}h${bar}`} strokeWidth="1.5" />
      <text x={side - 10 - bar / 2} y={side - 14} textAnchor="middle">
        1′
      </text>
      <path d="M24 26V10M24 26H8" fill="none" />
      <text x={24} y={8.5} textAnchor="middle">
        N
      </text>
      <text x={4} y={29.5} textAnchor="middle">
        E
      </text>
    </g>
  );
}
