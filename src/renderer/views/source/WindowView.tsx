import { Checkbox, SegmentedControl } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CutoutColumns, SourceColumns } from '../../../contract/column-sets.ts';
import type { MosaicSummary, SourceDetails } from '../../../contract/schemas.ts';
import { imageAngleOf, pixelInFrame } from '../../../core/sky/local-frame.ts';
import { degrees } from '../../../core/units/quantities.ts';
import { angle, fixed, flux } from '../../components/format.ts';
import { useField } from '../../state/field.ts';
import { useSelection } from '../../state/selection.ts';
import { contourSegments } from './contours.ts';
import { highSigmaOf, paintWindow } from './draw-window.ts';
import { PICTURE_PX, WindowFrame } from './WindowFrame.tsx';

/** First contour [σ] and the factor between two; the LoTSS overlays step by √2 from 2–3σ. Every second step is drawn here. */
const FIRST_CONTOUR_SIGMA = 3;
const CONTOUR_FACTOR = 2;
const CONTOUR_COUNT = 8;

function viewBoxOf(windowSidePix: number, zoom: number): string {
  const side = windowSidePix / zoom;
  const edge = (windowSidePix - side) / 2;
  return `${edge} ${edge} ${side} ${side}`;
}

function widthText(arcsec: number): string {
  const width = angle(arcsec);
  return `${width.number.replace(/0$/, '')}${width.unit}`;
}

interface WindowViewProps {
  readonly cutout: CutoutColumns | undefined;
  readonly details: SourceDetails;
  readonly mosaic: MosaicSummary | undefined;
}

/** The astronomer's picture: the mosaic's pixels around the source with ellipses, contours, beam and scale. */
export function WindowView({ cutout, details, mosaic }: WindowViewProps) {
  const [zoom, setZoom] = useState<1 | 2>(2);
  const [hasEllipses, setHasEllipses] = useState(true);
  const [hasContours, setHasContours] = useState(false);
  const [isInverted, setIsInverted] = useState(false);
  const sources = useField((state) => state.sources);
  const sigma = flux(cutout?.sigmaMjyPerBeam, true);
  const highSigma = useMemo(() => (cutout === undefined ? 0 : highSigmaOf(cutout)), [cutout]);
  const windowArcsec = cutout === undefined ? 0 : cutout.windowSidePix * cutout.pixelScaleArcsec;
  const arcsecPerPx = windowArcsec / PICTURE_PX / zoom;
  return (
    <div className="window-view">
      <div className="window-view__picture" data-inverted={isInverted ? true : undefined}>
        {cutout === undefined ? (
          <div className="shape" style={{ width: 256, height: 256 }} />
        ) : (
          <>
            <Pixels cutout={cutout} highSigma={highSigma} isInverted={isInverted} zoom={zoom} />
            <svg viewBox={viewBoxOf(cutout.windowSidePix, zoom)} className="window-view__overlay">
              {hasContours && <Contours cutout={cutout} />}
              {hasEllipses && sources !== undefined && <Ellipses cutout={cutout} details={details} sources={sources} />}
              {zoom === 1 && <ModelSquare cutout={cutout} />}
            </svg>
            <svg
              viewBox={`0 0 ${PICTURE_PX} ${PICTURE_PX}`}
              className="window-view__overlay window-view__overlay--frame"
            >
              <WindowFrame arcsecPerPx={arcsecPerPx} mosaic={mosaic} frame={cutout.frame} />
            </svg>
          </>
        )}
      </div>
      <div className="window-view__side small">
        <SegmentedControl
          size="xs"
          aria-label="Width of the view"
          value={String(zoom)}
          onChange={(value) => setZoom(value === '1' ? 1 : 2)}
          data={[
            { value: '2', label: widthText(windowArcsec / 2) },
            { value: '1', label: widthText(windowArcsec) },
          ]}
        />
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
          <dd>asinh −2 to {fixed(highSigma, 0)}σ</dd>
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

interface PixelsProps {
  readonly cutout: CutoutColumns;
  readonly highSigma: number;
  readonly isInverted: boolean;
  readonly zoom: number;
}

function Pixels({ cutout, highSigma, isInverted, zoom }: PixelsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context != null) paintWindow(context, cutout, highSigma, isInverted);
  }, [cutout, highSigma, isInverted]);
  const side = cutout.windowSidePix;
  const shownPx = PICTURE_PX * zoom;
  const offsetPx = (PICTURE_PX - shownPx) / 2;
  return (
    <canvas
      ref={canvas}
      width={side}
      height={side}
      style={{ width: shownPx, height: shownPx, left: offsetPx, top: offsetPx }}
      role="img"
      aria-label="The mosaic around the source, as its pixels lie"
    />
  );
}

interface EllipsesProps {
  readonly cutout: CutoutColumns;
  readonly details: SourceDetails;
  readonly sources: SourceColumns;
}

/** The source solid, every other catalogue row in the window dashed; a click on one goes to it. */
function Ellipses({ cutout, details, sources }: EllipsesProps) {
  const select = useSelection((state) => state.select);
  const side = cutout.windowSidePix;
  const shapes = useMemo(() => {
    const here = { ra: degrees(details.raDeg), dec: degrees(details.decDeg) };
    const reachDeg = (side * cutout.pixelScaleArcsec) / 3600;
    const found: { row: number; x: number; y: number; turnDeg: number }[] = [];
    for (let row = 0; row < sources.rowCount; row += 1) {
      if (Math.abs(sources.decDeg[row]! - details.decDeg) > reachDeg) continue;
      const there = { ra: degrees(sources.raDeg[row]!), dec: degrees(sources.decDeg[row]!) };
      const pixel = pixelInFrame(cutout.frame, here, there);
      if (pixel === undefined) continue;
      if (Math.max(Math.abs(pixel.x - side / 2), Math.abs(pixel.y - side / 2)) > side / 2 + 20) continue;
      const paDeg = sources.paDeg[row]!;
      // The centre of pixel 0 is at 0.5 in SVG, whose y runs down and which turns clockwise.
      found.push({
        row,
        x: pixel.x + 0.5,
        y: side - pixel.y - 0.5,
        turnDeg: -imageAngleOf(cutout.frame, Number.isNaN(paDeg) ? 0 : paDeg),
      });
    }
    return found;
  }, [cutout, details, sources, side]);

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

/** Outline of the 128 × 128 pixels that the model saw: indices 64 to 191 of the window. */
function ModelSquare({ cutout }: { readonly cutout: CutoutColumns }) {
  const edge = (cutout.windowSidePix - cutout.sidePix) / 2;
  return (
    <rect x={edge} y={edge} width={cutout.sidePix} height={cutout.sidePix} className="window-view__model">
      <title>What the model saw</title>
    </rect>
  );
}
