import { useEffect, useRef } from 'react';
import type { CutoutColumns } from '../../../../contract/column-sets.ts';
import type { Explanation } from '../../../../contract/explanation-schemas.ts';
import { fixed } from '../../../components/format.ts';
import { ChannelCanvas } from '../Channels.tsx';

/** Orange speaks for MC, blue against: told apart with any colour vision (Okabe & Ito 2008). */
const FOR_MC = [230, 159, 0] as const;
const AGAINST_MC = [86, 180, 233] as const;
/** Screen pixels per pixel of the image. */
const ZOOM = 2;
/** A change of P(MC) from which colours are at their strongest: a map of smaller ones must not look like a reason. */
const FULL_STRENGTH = 0.01;
/** Most that a patch hides of the image beneath it. */
const STRONGEST_ALPHA = 200;

interface OcclusionMapProps {
  readonly occlusion: NonNullable<Explanation['occlusion']>;
  readonly cutout: CutoutColumns | undefined;
}

/** What covering each place of the image does to P(MC), over the image. */
export function OcclusionMap({ occlusion, cutout }: OcclusionMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { values } = occlusion;
  const lowest = Math.min(...values);
  const highest = Math.max(...values);
  const side = cutout?.sidePix ?? 128;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context != null) drawPatches(context, occlusion, side);
  }, [occlusion, side]);
  return (
    <figure className="why__figure">
      <div className="why__occlusion">
        {/* The channel with the narrowest cuts above noise, in which faint emission shows. */}
        {cutout !== undefined && (
          <ChannelCanvas cutout={cutout} channel={Math.min(1, cutout.channelCount - 1)} factor={ZOOM} />
        )}
        <canvas
          ref={canvas}
          width={side * ZOOM}
          height={side * ZOOM}
          role="img"
          aria-label={`Occlusion map: P(MC) changes by ${fixed(lowest, 2)} to ${fixed(highest, 2)}`}
        />
      </div>
      <figcaption className="small quiet">
        <p>
          P(MC) minus P(MC) with a patch of {occlusion.patchPix} × {occlusion.patchPix} px set to 0 in all channels,
          every {occlusion.stridePix} px.
        </p>
        <p>
          <span className="why__swatch" style={{ background: `rgb(${FOR_MC.join()})` }} /> speaks for MC, up to{' '}
          <b>{changeText(highest)}</b>
        </p>
        <p>
          <span className="why__swatch" style={{ background: `rgb(${AGAINST_MC.join()})` }} /> speaks against, up to{' '}
          <b>{changeText(-lowest)}</b>
        </p>
      </figcaption>
    </figure>
  );
}

/** The largest change in one direction; none, where all go the other way. */
const changeText = (change: number): string =>
  change > 0 && change < 0.0005 ? 'less than 0.001' : fixed(Math.max(0, change), 3);

/** Each patch as a cell of its stride about its centre. */
function drawPatches(
  context: CanvasRenderingContext2D,
  { side: along, patchPix, stridePix, values }: OcclusionMapProps['occlusion'],
  side: number,
): void {
  context.clearRect(0, 0, side * ZOOM, side * ZOOM);
  const largest = Math.max(...values.map(Math.abs), FULL_STRENGTH);
  const cell = stridePix * ZOOM;
  values.forEach((value, patch) => {
    const [red, green, blue] = value > 0 ? FOR_MC : AGAINST_MC;
    const alpha = (STRONGEST_ALPHA / 255) * (Math.abs(value) / largest);
    const left = (patch % along) * stridePix + (patchPix - stridePix) / 2;
    const bottom = Math.floor(patch / along) * stridePix + (patchPix - stridePix) / 2;
    context.fillStyle = `rgb(${red} ${green} ${blue} / ${alpha})`;
    context.fillRect(left * ZOOM, (side - bottom) * ZOOM - cell, cell, cell);
  });
}
