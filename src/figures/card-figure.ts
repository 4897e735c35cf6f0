import { gridY, lineY, ruleY } from '@observablehq/plot';
import type { CardRate } from '../core/evaluation/card-rates.ts';
import { cardCurve } from '../core/evaluation/card-rates.ts';
import { xAxis, yAxis } from './axes.ts';
import type { Figure } from './figure.ts';
import { plotOn, withThresholdLine } from './figure.ts';
import { legend } from './threshold-figures.ts';
import { grouped } from './words.ts';

/** Where the rates of a card were measured. */
export interface CardTest {
  readonly on: string;
  readonly mc: number;
  readonly s: number;
  readonly points: readonly CardRate[];
}

/**
 * Recall and precision that a model's own test promises where a stated share of the sources is MC: for a field whose
 * truth is not known. No source of that field takes part.
 * @param prevalence of MC among non-SISG sources [0 … 1]
 */
export function cardFigure(modelId: string, test: CardTest, prevalence: number, threshold: number): Figure {
  const points = cardCurve(test.points, prevalence);
  return {
    name: 'model-card-at-prevalence',
    title: 'The model card at this prevalence',
    caption:
      `Recall and precision of class MC by the card of model ${modelId}, measured on ${test.on} (${grouped(test.mc)} MC and ` +
      `${grouped(test.s)} S sources), uncorrected, taken to a prevalence of ${prevalence} among non-SISG sources (dashed). ` +
      'They hold for this field as far as it is like that test; nothing here was measured on it.',
    numbers: {
      columns: ['threshold', 'recall', 'false_positive_rate', 'precision_at_prevalence'],
      rows: points.map(({ threshold: at, recall, falsePositiveRate, precision }) => [
        at,
        recall,
        falsePositiveRate,
        precision,
      ]),
    },
    draw(surface) {
      const { palette, fontPx } = surface;
      const plotted = plotOn(surface, {
        marginTop: fontPx * 3.2,
        x: { domain: [0, 1], label: 'Threshold on P(MC)' },
        y: { domain: [0, 1], label: null },
        marks: [
          gridY({ stroke: palette.grid, strokeOpacity: 1, ticks: 5 }),
          xAxis({ ticks: 5, label: 'Threshold on P(MC)' }),
          yAxis({ ticks: 5 }),
          ruleY([prevalence], { stroke: palette.quiet, strokeDasharray: '4 3' }),
          lineY(points, { x: 'threshold', y: 'recall', stroke: palette.recall, strokeWidth: 1.6 }),
          lineY(points, { x: 'threshold', y: 'precision', stroke: palette.precision, strokeWidth: 1.6 }),
          ...legend(
            [
              { name: 'Recall', colour: palette.recall },
              { name: 'Precision', colour: palette.precision },
            ],
            fontPx,
          ),
        ],
      });
      return withThresholdLine(surface, plotted, threshold);
    },
  };
}
