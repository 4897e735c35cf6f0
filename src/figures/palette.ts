/** Colours of a figure. Lines and fills stay apart with any common colour-blindness, after Okabe and Ito (2008). */
export interface Palette {
  readonly fontFamily: string;
  readonly background: string;
  readonly ink: string;
  readonly quiet: string;
  readonly grid: string;
  readonly mc: string;
  readonly s: string;
  readonly recall: string;
  readonly precision: string;
  readonly accuracy: string;
  readonly truePositive: string;
  readonly falsePositive: string;
  readonly falseNegative: string;
  readonly trueNegative: string;
  /** Fill of a matrix cell that holds its whole row; lighter shares are mixed with the background. */
  readonly cell: string;
  readonly onCell: string;
}

const FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";

/** For a white page: the light window, the report, and everything that is saved. */
export const LIGHT_PALETTE: Palette = {
  fontFamily: FONTS,
  background: '#ffffff',
  ink: '#181c21',
  quiet: '#515b66',
  grid: '#d9dee3',
  mc: '#b07a00',
  s: '#2658ac',
  recall: '#0072b2',
  precision: '#d55e00',
  accuracy: '#009e73',
  truePositive: '#009e73',
  falsePositive: '#e69f00',
  falseNegative: '#d55e00',
  trueNegative: '#7f93ab',
  cell: '#2f6fb5',
  onCell: '#ffffff',
};

export const DARK_PALETTE: Palette = {
  fontFamily: FONTS,
  background: '#14171b',
  ink: '#e3e7ec',
  quiet: '#9aa4af',
  grid: '#272c34',
  mc: '#f2c94c',
  s: '#6f9be8',
  recall: '#56b4e9',
  precision: '#f08a3c',
  accuracy: '#3fc79a',
  truePositive: '#3fc79a',
  falsePositive: '#e6b34a',
  falseNegative: '#f0713c',
  trueNegative: '#6f819a',
  cell: '#3d7cc4',
  onCell: '#ffffff',
};

/** Saved figures carry a font that every system has a likeness of; PDF embeds it. */
export const PRINT_PALETTE: Palette = { ...LIGHT_PALETTE, fontFamily: "'DejaVu Sans', Verdana, sans-serif" };
