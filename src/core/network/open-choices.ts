/** A choice that the paper does not make, and where it is written down: in fields of the recipe, elsewhere, or in both. */
export interface OpenChoice {
  readonly question: string;
  readonly choice: string;
  /** Paths of `RECIPE_FIELDS` that record it. */
  readonly fields?: readonly string[];
  readonly recordedElsewhere?: string;
}

/** Where a choice is written down, in Markdown. */
export function recordedIn({ fields = [], recordedElsewhere }: OpenChoice): string {
  const paths = fields.map((path) => `\`${path}\``).join(', ');
  return [paths, recordedElsewhere ?? ''].filter((part) => part !== '').join('; ');
}

/** What the paper leaves open and what was chosen: every ⚙ of the method, in the order of the sections. */
export const OPEN_CHOICES: readonly OpenChoice[] = [
  {
    question: 'what "1–200σ log" means in numbers (§3.1.2 says only that Montage was used)',
    choice: "what Montage's viewer does: median + N (P84 − P16)/2 of the cutout, then min(ln(9x + 1), 1)",
    fields: ['cutout.noise', 'cutout.logStretch'],
  },
  {
    question: 'how the 3σ channel was made (Montage has no such stretch)',
    choice: '1 at or above centre + 3σ, else 0',
    fields: ['cutout.channels'],
  },
  {
    question: 'whether the network saw 8-bit pictures',
    choice: 'floats; `uint8` rounds to 256 levels',
    fields: ['cutout.quantisation'],
  },
  {
    question: 'other pixel scales than 1.5″',
    choice: 'pixels as they are, with a warning; `angular` resamples 192″ to 128 pixels',
    fields: ['cutout.geometry'],
  },
  {
    question: 'interpolation when a picture is turned, also of the 0/1 channel',
    choice: 'bilinear, the 0/1 channel like the others',
    fields: ['cutout.turning'],
  },
  {
    question: 'the edge of a mirrored 256-pixel window, whose index 0 has no counterpart',
    choice: 'never reaches the 128-pixel centre: a mirrored centre needs indices 65 to 192',
    recordedElsewhere: 'nothing to choose',
  },
  {
    question: 'L_thr of other fields than DR1',
    choice: '0.639 for DR1; DR2 by region in recipe `dr2`',
    fields: ['features.lrThreshold'],
  },
  {
    question: "base of the logarithm: Table 1 says log10(LR / L_thr), the authors' code ln(0.639 LR / L_thr)",
    choice: 'Table 1; the code in recipe `gbc-code`',
    fields: ['features.lrLogarithm'],
  },
  {
    question: 'a missing likelihood ratio',
    choice: "LR = 1e-135 at 20″, the authors' code; recipe `no-lr` removes these features",
    fields: ['features.missingLr', 'features.missingLrDistArcsec'],
  },
  {
    question: 'an M source without a Gaussian catalogue',
    choice: "2 Gaussians, the source's axes, flux ratio 0.5, marked as imputed",
    fields: ['features.imputedGaussianFluxRatio'],
  },
  {
    question: 'a neighbour that does not exist',
    choice: '3600″ away, other numbers 0, likelihood ratio missing',
    fields: ['features.missingNeighbourDistArcsec'],
  },
  {
    question: 'whether artefacts count as neighbours',
    choice: 'every row of the catalogue counts',
    fields: ['features.neighboursFrom'],
  },
  {
    question: 'scaling of features (§3.2: it did not help)',
    choice: 'none in `published-2024`; laptop models are trained on asinh(value), standardised',
    fields: ['features.scaling'],
  },
  {
    question: 'pooling: the text says 2 × 2, stride 1, padding 1; the network it derives from has stride 2',
    choice: '`published` follows the text, `compact` Becker et al. (2021)',
    fields: ['network'],
  },
  {
    question: 'kernels, strides and pooling of the four CNNs compared in Fig. 1',
    choice:
      "the authors' or Becker et al.'s (2021) public code; where it and §3.1.1 differ (94 filters, stride 1, pooling by its size), §3.1.1",
    fields: ['network'],
    recordedElsewhere: 'each builder cites layer by layer',
  },
  {
    question: "whether Becker et al.'s dense layer of 500 has a ReLU and their L2 penalty",
    choice: 'no ReLU, as in their code; no penalty, since §3.1.1 names none',
    fields: ['network'],
  },
  {
    question: 'dropout of the Fig. 1 networks with several dense layers ("before the softmax")',
    choice: '0.5 after each dense layer, as in the public code',
    fields: ['network'],
  },
  {
    question: 'what follows the concatenation in the experiments of Figs. 4–6',
    choice: 'the two dense layers of 64 of the final model',
    fields: ['network'],
  },
  {
    question: 'which depth the widths were tried at, and which width the depths',
    choice: 'widths at 2 layers, depths at 64 neurons; dropout 0.5 after the last',
    fields: ['variant'],
  },
  {
    question: 'where batch and layer normalisation stand, and their constants',
    choice:
      'before the ReLU of every layer but the logits, scale and shift in place of the bias; ε = 1e-5, running averages move by 0.1; a layer is normalised over all channels and pixels of a row',
    fields: ['variant'],
  },
  {
    question: 'initial weights',
    choice: 'he_normal convolutions, glorot_uniform dense layers, zero biases',
    fields: ['initialisation'],
    recordedElsewhere: 'their seed in model.json',
  },
  {
    question: 'MC rows that are SISG (§3.3 names 133, the counts imply 99)',
    choice: 'row: those rows are left out; source: every row of their physical source is',
    recordedElsewhere: '`training.mcExclusion`',
  },
  {
    question: 'how the data are split',
    choice:
      'by cells of the sky, a physical source in the cell of its first row, so that no source and hardly any sky is on both sides (the paper: by row)',
    recordedElsewhere: '`training.split`',
  },
  {
    question: 'which epoch is kept',
    choice: 'the lowest validation loss; every metric of every epoch is kept',
    recordedElsewhere: 'the card of each model, epoch by epoch',
  },
  {
    question: 'what a corrected false negative becomes (§4.1)',
    choice: 'a true positive, marked 2; other counts stay',
    recordedElsewhere: '`mc_prediction` of the result',
  },
];
