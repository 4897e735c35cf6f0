import { parseHTML } from 'linkedom';
import type { PairedMetric } from '../../core/evaluation/compare-models.ts';
import type { Evaluation, MetricWithInterval, SampleName } from '../../core/evaluation/evaluate-predictions.ts';
import type { Figure } from '../../figures/figure.ts';
import type { DrawingDocument } from '../../figures/svg.ts';
import { numbersCsv } from '../../figures/numbers-csv.ts';
import { LIGHT_PALETTE } from '../../figures/palette.ts';
import { grouped, metricValue, percentText, withInterval } from '../../figures/words.ts';

/** What the page says above its figures. */
export interface ReportFacts {
  readonly title: string;
  /** File names, model, threshold, subset: one line each. */
  readonly lines: readonly string[];
  /** Must be read first; empty where there is nothing to warn of. */
  readonly warning: string;
}

/** Another model's numbers beside the first's, and how far they are apart. */
export interface ReportedComparison {
  readonly title: string;
  readonly metrics: readonly { readonly label: string; readonly paired: PairedMetric }[];
  /** Sentences beneath the table. */
  readonly lines: readonly string[];
  readonly figures: readonly Figure[];
}

const WIDTH_PX = 560;
const FONT_PX = 12;

const SAMPLES: Readonly<Record<SampleName, string>> = {
  all: 'All sources, SISG → S',
  nonSisg: 'Non-SISG',
  sisg: 'SISG → S',
  below4Mjy: 'Below 4 mJy',
  above4Mjy: 'From 4 mJy on',
};

const INTERVALS =
  'Of a share of fewer than ten physical sources, or where all fall alike, the interval is Wilson’s; what mixes the classes ' +
  'has none then.';

const STYLE = `
  :root { color-scheme: light; }
  body { font: 14px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; color: #181c21; background: #fff;
    max-width: 1220px; margin: 32px auto; padding: 0 24px; font-variant-numeric: tabular-nums; }
  h1 { font-size: 22px; margin: 0 0 8px; } h2 { font-size: 16px; margin: 32px 0 8px; }
  .facts { color: #515b66; margin: 0; padding: 0; list-style: none; overflow-wrap: anywhere; }
  .warning { color: #8a5300; background: #fff1d6; padding: 8px 12px; }
  table { border-collapse: collapse; font-size: 12.5px; margin-bottom: 8px; }
  th, td { text-align: right; padding: 4px 10px 4px 0; white-space: nowrap; }
  th { font-weight: 600; border-bottom: 1px solid #b6bec7; } td { border-bottom: 1px solid #e6e9ec; }
  th:first-child, td:first-child { text-align: left; }
  .table { overflow-x: auto; }
  .figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, ${WIDTH_PX}px), 1fr)); gap: 32px; }
  figure { margin: 0; min-width: 0; } figure svg { max-width: 100%; height: auto; }
  figcaption { margin-top: 8px; color: #515b66; font-size: 12.5px; max-width: ${WIDTH_PX}px; }
  a { color: #0b61b8; }
  @media print { figure { break-inside: avoid; } body { margin: 0; } }
`;

/**
 * One page with everything in it: no script, no font, nothing fetched.
 * @param evaluation undefined where there are no labels
 */
export function reportPage(
  facts: ReportFacts,
  evaluation: Evaluation | undefined,
  figures: readonly Figure[],
  comparison: ReportedComparison | undefined,
): string {
  // linkedom types its window by the browser's own, which Node's program does not know.
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as unknown as {
    readonly document: DrawingDocument;
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escaped(facts.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(facts.title)}</h1>
${facts.warning === '' ? '' : `<p class="warning"><strong>${escaped(facts.warning)}</strong></p>`}
<ul class="facts">${facts.lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>
${evaluation === undefined ? '' : metricBlock(evaluation)}
${comparison === undefined ? '' : comparisonBlock(comparison)}
<h2>Figures</h2>
<div class="figures">
${figures.map((figure, at) => figureBlock(figure, at + 1, document)).join('\n')}
</div>
</body>
</html>
`;
}

const metricBlock = (
  evaluation: Evaluation,
): string => `<h2>At threshold ${evaluation.threshold}, with 95 % intervals by physical source</h2>
<div class="table">${metricTable(evaluation)}</div>
<p class="facts">Corrected means that rows which another row of their source recovers count as found. ${INTERVALS}</p>
<h2>Over all thresholds, uncorrected</h2>
<div class="table">${curveTable(evaluation)}</div>`;

function metricTable({ samples }: Evaluation): string {
  const head = [
    'Sample',
    'Mode',
    'TP',
    'FP',
    'FN',
    'TN',
    'Recall',
    'Precision',
    'F1',
    'Balanced accuracy',
    'MCC',
    'Accuracy',
    'Always S',
  ];
  const body = Object.entries(samples).flatMap(([name, { byMode }]) =>
    (['moved', 'raw'] as const).map((mode) => {
      const { counts, metrics, intervals } = byMode[mode];
      return [
        SAMPLES[name as SampleName],
        mode === 'raw' ? 'uncorrected' : 'corrected',
        grouped(counts.truePositive),
        grouped(counts.falsePositive),
        grouped(counts.falseNegative),
        grouped(counts.trueNegative),
        withInterval(metrics.recall, intervals.recall),
        withInterval(metrics.precision, intervals.precision),
        withInterval(metrics.f1, intervals.f1),
        withInterval(metrics.balancedAccuracy, intervals.balancedAccuracy),
        withInterval(metrics.mcc, intervals.mcc),
        metrics.accuracy.defined ? percentText(metrics.accuracy.value) : '–',
        metrics.alwaysSAccuracy.defined ? percentText(metrics.alwaysSAccuracy.value) : '–',
      ];
    }),
  );
  return tableOf(head, body);
}

function curveTable({ curve, rocAucWithSisg }: Evaluation): string {
  const { rocAuc, averagePrecision, brier, ece } = curve;
  return tableOf(
    ['Sample', 'ROC AUC', 'Average precision', 'Brier score', 'Expected calibration error'],
    [
      [SAMPLES.nonSisg, curveValue(rocAuc), curveValue(averagePrecision), curveValue(brier), curveValue(ece)],
      [SAMPLES.all, withInterval(rocAucWithSisg, undefined), '', '', ''],
    ],
  );
}

const curveValue = ({ metric, interval, noInterval }: MetricWithInterval): string =>
  withInterval(metric, interval, noInterval);

function comparisonBlock({ title, metrics, lines }: ReportedComparison): string {
  const head = ['Metric', 'First', 'Second', 'First − second'];
  const body = metrics.map(({ label, paired: { first, second, difference, interval } }) => [
    label,
    metricValue(first),
    metricValue(second),
    withInterval(difference, interval),
  ]);
  return `<h2>${escaped(title)}</h2>
<div class="table">${tableOf(head, body)}</div>
<ul class="facts">${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`;
}

function tableOf(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${line(head, 'th')}</thead><tbody>${body.map((cells) => line(cells, 'td')).join('')}</tbody></table>`;
}

function figureBlock(figure: Figure, number: number, document: DrawingDocument): string {
  const { element } = figure.draw({ document, widthPx: WIDTH_PX, palette: LIGHT_PALETTE, fontPx: FONT_PX });
  const csv = `data:text/csv;charset=utf-8,${encodeURIComponent(numbersCsv(figure.numbers))}`;
  return `<figure id="${figure.name}">
${element.outerHTML}
<figcaption><strong>Figure ${number}.</strong> ${escaped(figure.caption)} <a download="${figure.name}.csv" href="${csv}">Numbers (CSV)</a></figcaption>
</figure>`;
}

/** Names come from files: nothing in them is markup. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
