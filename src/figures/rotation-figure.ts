import { rect } from '@observablehq/plot';
import { COUNT_FOOT, countAxis, xAxis } from './axes.ts';
import type { Figure, FigureSubject } from './figure.ts';
import { plotOn, still } from './figure.ts';
import { captionOf, grouped } from './words.ts';

/** The axis is logarithmic: steady models spread by 1e-5, the paper's two most extreme sources by 0.05 to 0.1. */
const LOWEST = 1e-5;
const LEAST_TOP = 0.1;
const BINS_PER_DECADE = 8;

export interface RotationFigureInput {
  /** σ of P(MC) of each source over all of its orientations [0..0.5]. */
  readonly sigmas: readonly number[];
  /** Random orientations of each source beside the eight exact ones; undefined where it is not known. */
  readonly randomAngles: number | undefined;
  /** Sources with P(MC) on both sides of the threshold. */
  readonly mixed: number;
  readonly threshold: number;
  readonly subject: FigureSubject;
}

/** How far P(MC) of each source spreads over its orientations (Alegre et al. 2024, Appendix B). */
export function rotationFigure({ sigmas, randomAngles, mixed, threshold, subject }: RotationFigureInput): Figure {
  const edges = binEdges(Math.max(LEAST_TOP, ...sigmas));
  const bins = countedBins(sigmas, edges);
  const turns = 'the eight exact turns and mirrorings';
  const random = randomAngles === 1 ? '1 random orientation' : `${randomAngles} random orientations`;
  const orientations = randomAngles === undefined || randomAngles === 0 ? turns : `${turns} and ${random}`;
  return {
    name: 'rotation-spread',
    title: 'Rotation spread',
    caption: captionOf(
      `Standard deviation σ of P(MC) of each non-SISG source over ${orientations}; both axes are logarithmic, and the ` +
        `first bin holds all with σ below ${LOWEST}. The class of ${grouped(mixed)} of them changes at ${threshold}.`,
      subject,
    ),
    numbers: {
      columns: ['low', 'high', 'sources'],
      rows: bins.map(({ low, high, sources }) => [low, high, sources]),
    },
    draw(surface) {
      const { palette } = surface;
      const axis = countAxis(palette, Math.max(0, ...bins.map(({ sources }) => sources)));
      return still(
        plotOn(surface, {
          x: {
            type: 'log',
            domain: [LOWEST, edges.at(-1)],
            label: 'σ of P(MC) over orientations',
            labelArrow: 'none',
            labelAnchor: 'center',
          },
          y: axis.y,
          marks: [
            ...axis.frame,
            xAxis({ ticks: 5, tickFormat: '~g' }),
            rect(bins, {
              x1: ({ low }: Bin) => Math.max(LOWEST, low),
              x2: 'high',
              y1: COUNT_FOOT,
              y2: ({ sources }: Bin) => Math.max(COUNT_FOOT, sources),
              fill: palette.s,
              inset: 0.5,
            }),
          ],
        }),
      );
    },
  };
}

interface Bin {
  readonly low: number;
  readonly high: number;
  readonly sources: number;
}

/** From 0, then in equal steps of the logarithm up to the first edge above `highest`. */
function binEdges(highest: number): readonly number[] {
  const edges = [0];
  for (let step = 1; edges.at(-1)! <= highest; step++) edges.push(LOWEST * 10 ** (step / BINS_PER_DECADE));
  return edges;
}

/** Each from its lower edge on, up to but without its upper one. */
function countedBins(values: readonly number[], edges: readonly number[]): readonly Bin[] {
  return edges.slice(1).map((high, bin) => {
    const low = edges[bin]!;
    return { low, high, sources: values.filter((value) => value >= low && value < high).length };
  });
}
