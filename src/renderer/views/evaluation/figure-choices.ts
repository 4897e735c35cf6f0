/** The figures that the panel offers, in the order of the paper. */
export const FIGURES = [
  { value: 'threshold-metrics', label: 'Metrics against threshold' },
  { value: 'threshold-counts', label: 'Counts against threshold' },
  { value: 'roc', label: 'ROC' },
  { value: 'precision-recall', label: 'Precision–recall' },
  { value: 'matrices', label: 'Confusion matrices' },
  { value: 'property', label: 'Performance by property' },
  { value: 'histogram', label: 'Cells by property' },
  { value: 'scores', label: 'Score distribution' },
  { value: 'calibration', label: 'Calibration' },
  { value: 'rotation', label: 'Rotation spread' },
] as const;

export type FigureChoice = (typeof FIGURES)[number]['value'];

export const MODES = [
  { value: 'moved', label: 'Corrected' },
  { value: 'raw', label: 'Uncorrected' },
  { value: 'dropped', label: 'Recovered left out' },
] as const;
