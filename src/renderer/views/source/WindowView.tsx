import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { CutoutColumns, WindowColumns } from '../../../contract/column-sets.ts';
import type { MosaicSummary, SourceDetails } from '../../../contract/schemas.ts';
import { loadWindow } from '../../api/load-columns.ts';
import { fixed, flux } from '../../components/format.ts';
import { useField } from '../../state/field.ts';
import { useSourceView } from '../../state/source-view.ts';
import { Contours } from './Contours.tsx';
import { highSigmaOf, LOW_SIGMA, paintWindow } from './draw-window.ts';
import { Ellipses } from './Ellipses.tsx';
import { ViewControls } from './ViewControls.tsx';
import { PICTURE_PX, WindowFrame } from './WindowFrame.tsx';
import './window-view.css';

/** Most that is fetched of a finely sampled mosaic [pixel]; the view is then narrower than it was asked to be. */
const MOST_SIDE_PIX = 1024;

/** Even number of a mosaic's pixels that hold so many arcseconds. */
const sidePixOf = (sideArcsec: number, pixelScaleArcsec: number): number =>
  Math.min(MOST_SIDE_PIX, 2 * Math.ceil(sideArcsec / pixelScaleArcsec / 2));

/** The middle of a window, so wide, as a view box. */
function viewBoxOf(windowSidePix: number, shownSidePix: number): string {
  const edge = (windowSidePix - shownSidePix) / 2;
  return `${edge} ${edge} ${shownSidePix} ${shownSidePix}`;
}

interface WindowViewProps {
  readonly cutout: CutoutColumns | undefined;
  readonly details: SourceDetails;
  readonly mosaic: MosaicSummary | undefined;
}

/** The astronomer's picture: the mosaic's pixels around the source with ellipses, contours, beam and scale. */
export function WindowView({ cutout, details, mosaic }: WindowViewProps) {
  const view = useSourceView();
  const sources = useField((state) => state.sources);
  const isWide = cutout !== undefined && view.sideArcsec > cutout.windowSidePix * cutout.pixelScaleArcsec;
  const wideSidePix = sidePixOf(view.sideArcsec, mosaic?.pixelScaleArcsec ?? Number.NaN);
  const wide = useQuery({
    queryKey: ['window', details.row, wideSidePix],
    queryFn: ({ signal }) => loadWindow(details.row, wideSidePix, signal),
    enabled: isWide && mosaic !== undefined,
    // A window of another source would put its ellipses in the wrong place.
    gcTime: 60_000,
  });
  // Until the wider window is there, the one that the model's cutout came with.
  const columns: WindowColumns | undefined = (isWide ? wide.data : undefined) ?? cutout;
  const shownSide =
    columns === undefined ? 0 : Math.min(view.sideArcsec / columns.pixelScaleArcsec, columns.windowSidePix);
  const highSigma = useMemo(
    () => (columns === undefined || cutout === undefined ? 0 : highSigmaOf(columns, cutout, view.cut)),
    [columns, cutout, view.cut],
  );
  // In pixels of the window shown, which may be others than those of the cutout.
  const modelSide =
    columns === undefined || cutout === undefined
      ? 0
      : (cutout.sidePix * cutout.pixelScaleArcsec) / columns.pixelScaleArcsec;
  const rms = details.islandRmsMjyPerBeam ?? cutout?.sigmaMjyPerBeam ?? null;
  const sigma = flux(cutout?.sigmaMjyPerBeam, true);
  const localRms = flux(rms, true);
  return (
    <div className="window-view">
      <div className="window-view__picture" data-inverted={view.colours === 'inverted' ? true : undefined}>
        {cutout === undefined || columns === undefined ? (
          <div className="shape" style={{ width: 256, height: 256 }} />
        ) : (
          <>
            <Pixels columns={columns} cutout={cutout} highSigma={highSigma} shownSide={shownSide} />
            <svg viewBox={viewBoxOf(columns.windowSidePix, shownSide)} className="window-view__overlay">
              {view.hasContours && rms !== null && cutout.centreMjyPerBeam !== null && (
                <Contours columns={columns} centre={cutout.centreMjyPerBeam} rms={rms} first={view.firstContour} />
              )}
              {view.hasEllipses && sources !== undefined && (
                <Ellipses columns={columns} details={details} sources={sources} />
              )}
              {shownSide > modelSide && <ModelSquare columns={columns} sidePix={modelSide} />}
            </svg>
            <svg
              viewBox={`0 0 ${PICTURE_PX} ${PICTURE_PX}`}
              className="window-view__overlay window-view__overlay--frame"
            >
              <WindowFrame
                arcsecPerPx={(shownSide * columns.pixelScaleArcsec) / PICTURE_PX}
                mosaic={mosaic}
                frame={columns.frame}
              />
            </svg>
          </>
        )}
      </div>
      <div className="window-view__side small">
        <ViewControls />
        <dl>
          <dt>shown</dt>
          <dd>
            {fixed(LOW_SIGMA, 0)} to {fixed(highSigma, 0)}σ
          </dd>
          <dt>σ of the cutout</dt>
          <dd>
            {sigma.number} {sigma.unit}
          </dd>
          <dt>{details.islandRmsMjyPerBeam === null ? 'contours count in that σ' : 'island rms, of contours'}</dt>
          <dd>
            {localRms.number} {localRms.unit}
          </dd>
        </dl>
      </div>
    </div>
  );
}

interface PixelsProps {
  readonly columns: WindowColumns;
  readonly cutout: CutoutColumns;
  readonly highSigma: number;
  readonly shownSide: number;
}

function Pixels({ columns, cutout, highSigma, shownSide }: PixelsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const stretch = useSourceView((state) => state.stretch);
  const colours = useSourceView((state) => state.colours);
  const side = columns.windowSidePix;
  // In the frame of the words beside it.
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context != null) paintWindow(context, columns, cutout, { highSigma, stretch, colours });
  }, [columns, cutout, highSigma, stretch, colours]);
  const shownPx = (PICTURE_PX * side) / shownSide;
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

/** Outline of the pixels that the model saw. */
function ModelSquare({ columns, sidePix }: { readonly columns: WindowColumns; readonly sidePix: number }) {
  const edge = (columns.windowSidePix - sidePix) / 2;
  return (
    <rect x={edge} y={edge} width={sidePix} height={sidePix} className="window-view__model">
      <title>What the model saw</title>
    </rect>
  );
}
