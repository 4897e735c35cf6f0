import { useEffect, useRef } from 'react';
import type { CutoutColumns } from '../../../contract/column-sets.ts';

const CHANNELS = [
  { letter: 'A', cut: '1–200σ log' },
  { letter: 'B', cut: '1–30σ log' },
  { letter: 'C', cut: '> 3σ' },
] as const;

interface ChannelsProps {
  readonly cutout: CutoutColumns | undefined;
  readonly failure: string | undefined;
  readonly row: number;
}

/** The image part of the network's input, pixel for pixel. */
export function Channels({ cutout, failure, row }: ChannelsProps) {
  if (failure !== undefined) return <p className="source__note">{failure}</p>;
  return (
    <div className="channels">
      {CHANNELS.map(({ letter, cut }, channel) => (
        <figure key={letter}>
          {cutout === undefined || channel >= cutout.channelCount ? (
            <div className="shape" style={{ width: 128, height: 128 }} />
          ) : (
            <ChannelCanvas cutout={cutout} channel={channel} label={`Channel ${letter}, ${cut}, of row ${row}`} />
          )}
          <figcaption className="small">
            <b>{letter}</b> <span className="quiet">{cut}</span>
          </figcaption>
        </figure>
      ))}
    </div>
  );
}

interface ChannelCanvasProps {
  readonly cutout: CutoutColumns;
  readonly channel: number;
  readonly label: string;
}

/** One channel, its pixels one to one. */
export function ChannelCanvas({ cutout, channel, label }: ChannelCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = cutout.sidePix;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context == null) return;
    const image = context.createImageData(side, side);
    const start = channel * side * side;
    for (let y = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1) {
        // Row 0 of the tensor is the lowest FITS y, hence the lowest line of the picture.
        const grey = 255 * cutout.channels[start + y * side + x]!;
        const at = ((side - 1 - y) * side + x) * 4;
        image.data[at] = grey;
        image.data[at + 1] = grey;
        image.data[at + 2] = grey;
        image.data[at + 3] = 255;
      }
    }
    context.putImageData(image, 0, 0);
  }, [cutout, channel, side]);
  return <canvas ref={canvas} width={side} height={side} className="channels__canvas" role="img" aria-label={label} />;
}
