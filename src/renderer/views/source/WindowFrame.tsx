import type { MosaicSummary } from '../../../contract/schemas.ts';
import type { LocalFrame } from '../../../core/sky/local-frame.ts';
import { imageAngleOf } from '../../../core/sky/local-frame.ts';

/** Side of the picture on screen [CSS pixel]. */
export const PICTURE_PX = 256;
const SCALE_BAR_ARCSEC = 60;

interface FrameProps {
  readonly arcsecPerPx: number;
  readonly mosaic: MosaicSummary | undefined;
  readonly frame: LocalFrame;
}

/** Where the compass stands and how long its arms are [CSS pixel]. */
const COMPASS = { x: 30, y: 30, arm: 15, label: 21 } as const;

/** One arm of the compass: towards a position angle, as the image is turned. */
function CompassArm({
  frame,
  paDeg,
  name,
}: {
  readonly frame: LocalFrame;
  readonly paDeg: number;
  readonly name: string;
}) {
  const turn = (imageAngleOf(frame, paDeg) * Math.PI) / 180;
  const [dx, dy] = [-Math.sin(turn), -Math.cos(turn)];
  const { x, y, arm, label } = COMPASS;
  return (
    <>
      <path d={`M${x} ${y}l${dx * arm} ${dy * arm}`} fill="none" />
      <text x={x + dx * label} y={y + dy * label + 3.5} textAnchor="middle">
        {name}
      </text>
    </>
  );
}

/** Beam lower left, scale bar lower right, compass upper left. */
export function WindowFrame({ arcsecPerPx, mosaic, frame }: FrameProps) {
  const bar = SCALE_BAR_ARCSEC / arcsecPerPx;
  const majPx = (mosaic?.beamMajArcsec ?? 0) / arcsecPerPx;
  const minPx = (mosaic?.beamMinArcsec ?? 0) / arcsecPerPx;
  const [left, right, bottom] = [14, PICTURE_PX - 10, PICTURE_PX - 10];
  return (
    <g className="window-view__frame">
      {majPx > 0 && (
        <ellipse
          cx={left}
          cy={bottom - 4}
          rx={minPx / 2}
          ry={majPx / 2}
          transform={`rotate(${-imageAngleOf(frame, mosaic?.beamPaDeg ?? 0)} ${left} ${bottom - 4})`}
        />
      )}
      <path d={`M${right - bar} ${bottom}h${bar}`} strokeWidth="1.5" />
      <text x={right - bar / 2} y={bottom - 5} textAnchor="middle">
        1′
      </text>
      <CompassArm frame={frame} paDeg={0} name="N" />
      <CompassArm frame={frame} paDeg={90} name="E" />
    </g>
  );
}
