import { useLayoutEffect, useRef, useState } from 'react';
import type { CutoutColumns } from '../../../contract/column-sets.ts';
import { flux, significant } from '../../components/format.ts';
import { hatchOf } from './draw-window.ts';

/** Whole screen pixels per pixel of the input, in the row and enlarged. */
const ENLARGED = 3;

type Cut = CutoutColumns['cuts'][number];

/** What a channel does with a value, as in `1–200σ log`. */
export function cutText({ stretch, lowSigma, highSigma }: Cut): string {
  return stretch === 'cut' ? `≥ ${lowSigma}σ` : `${lowSigma}–${highSigma}σ ${stretch}`;
}

/** The cuts in the mosaic's own brightness. */
function cutRange({ stretch, lowSigma, highSigma }: Cut, { centreMjyPerBeam, sigmaMjyPerBeam }: CutoutColumns): string {
  if (centreMjyPerBeam === null || sigmaMjyPerBeam === null) return 'blank: zeros';
  const low = flux(centreMjyPerBeam + lowSigma * sigmaMjyPerBeam, true);
  const high = flux(centreMjyPerBeam + highSigma * sigmaMjyPerBeam, true);
  return stretch === 'cut'
    ? `1 from ${low.number} ${low.unit}`
    : `${low.number} ${low.unit} to ${high.number} ${high.unit}`;
}

interface ChannelsProps {
  readonly cutout: CutoutColumns | undefined;
  readonly failure: string | undefined;
  readonly row: number;
}

/** The image part of the network's input, pixel for pixel; one channel can be enlarged by a whole factor. */
export function Channels({ cutout, failure, row }: ChannelsProps) {
  const [enlarged, setEnlarged] = useState<number | undefined>(undefined);
  if (failure !== undefined) return <p className="source__note">{failure}</p>;
  if (cutout === undefined) {
    return (
      <div className="channels">
        {['A', 'B', 'C'].map((letter) => (
          <div key={letter} className="shape" style={{ width: 128, height: 146 }} />
        ))}
      </div>
    );
  }
  return (
    <>
      <div className="channels">
        {cutout.cuts.map((cut, channel) => {
          const letter = String.fromCharCode(65 + channel);
          return (
            <figure key={letter}>
              <button
                type="button"
                className="channels__button"
                aria-pressed={enlarged === channel}
                aria-label={`Enlarge channel ${letter}, ${cutText(cut)}, of row ${row}`}
                title={cutRange(cut, cutout)}
                onClick={() => setEnlarged(enlarged === channel ? undefined : channel)}
              >
                <ChannelCanvas cutout={cutout} channel={channel} factor={1} />
              </button>
              <figcaption className="small">
                <b>{letter}</b> <span className="quiet">{cutText(cut)}</span>
              </figcaption>
            </figure>
          );
        })}
      </div>
      {enlarged !== undefined && enlarged < cutout.channelCount && <Enlarged cutout={cutout} channel={enlarged} />}
    </>
  );
}

function Enlarged({ cutout, channel }: { readonly cutout: CutoutColumns; readonly channel: number }) {
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | undefined>(undefined);
  const side = cutout.sidePix;
  const value = at === undefined ? undefined : cutout.channels[channel * side * side + at.y * side + at.x];
  const isBlank = at !== undefined && Number.isNaN(windowValue(cutout, at.x, at.y));
  const letter = String.fromCharCode(65 + channel);
  return (
    <figure className="channels__enlarged">
      <div
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const x = Math.floor((event.clientX - box.left) / ENLARGED);
          const y = side - 1 - Math.floor((event.clientY - box.top) / ENLARGED);
          setAt(x >= 0 && y >= 0 && x < side && y < side ? { x, y } : undefined);
        }}
        onPointerLeave={() => setAt(undefined)}
      >
        <ChannelCanvas cutout={cutout} channel={channel} factor={ENLARGED} />
      </div>
      <figcaption className="small quiet">
        {letter}: {cutRange(cutout.cuts[channel]!, cutout)}
        {at !== undefined && ` · [${at.x}, ${at.y}] = ${isBlank ? 'blank, 0' : significant(value, 4)}`}
      </figcaption>
    </figure>
  );
}

/** The mosaic's pixel under a pixel of the input; NaN outside the mosaic. */
function windowValue({ window, windowSidePix, sidePix }: CutoutColumns, x: number, y: number): number {
  const edge = (windowSidePix - sidePix) / 2;
  return window[(y + edge) * windowSidePix + x + edge]!;
}

interface ChannelCanvasProps {
  readonly cutout: CutoutColumns;
  readonly channel: number;
  /** Screen pixels per pixel of the input. */
  readonly factor: number;
  /** What it shows; left out where the control around it says so. */
  readonly label?: string;
}

/** One channel, every pixel of the input as a square of whole screen pixels; blank ones hatched. */
export function ChannelCanvas({ cutout, channel, factor, label }: ChannelCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = cutout.sidePix;
  // In the frame of the words beside it.
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context == null) return;
    const image = context.createImageData(side, side);
    const { data } = image;
    const start = channel * side * side;
    for (let y = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1) {
        // Row 0 of the tensor is the lowest FITS y, hence the lowest line of the picture.
        const at = ((side - 1 - y) * side + x) * 4;
        if (Number.isNaN(windowValue(cutout, x, y))) {
          data.set(hatchOf(x, y), at);
          continue;
        }
        const grey = 255 * cutout.channels[start + y * side + x]!;
        data[at] = grey;
        data[at + 1] = grey;
        data[at + 2] = grey;
        data[at + 3] = 255;
      }
    }
    context.putImageData(image, 0, 0);
  }, [cutout, channel, side]);
  return (
    <canvas
      ref={canvas}
      width={side}
      height={side}
      className="channels__canvas"
      style={{ width: side * factor, height: side * factor }}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}
