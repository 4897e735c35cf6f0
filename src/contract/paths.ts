/** The doors of the engine that are not calls: they carry bytes. All need the session cookie. */
export const paths = {
  /** WebSocket of the contract. */
  rpc: '/rpc',
  /** Exchanges the one-time token of the URL for the session cookie, then redirects to `/`. */
  session: '/session',
  /** Packed columns of the catalogue for sky and table (`sourceColumns`). */
  sources: '/data/sources',
  /** Packed columns of the run on screen (`PredictionColumns`); with `?run=KEY` those of a `comparableRun` (`ComparedColumns`). */
  predictions: '/data/predictions',
  /** Packed values of one column of the catalogue's file: `/data/column/Maj`. */
  column: '/data/column/',
  /** Packed labels that the field is judged by: label, group, dataset (`LabelColumns`). */
  reference: '/data/reference',
  /** Packed rows that a rule of the SISG gate, or the gate, picks: `?request=` is a `sisgRowsRequest` as JSON. */
  sisgRows: '/data/sisg-rows',
  /** Packed `mc_dl_dataset` of each row: what the model of the run on screen saw of it in its training. */
  trainingSplit: '/data/training-split',
  /** Packed channels of one source; `/data/cutout/12`. With `.npy` appended, the exact tensor. */
  cutout: '/data/cutout/',
  /** Packed pixels of the mosaic around one source; `/data/window/12?side=512`. */
  window: '/data/window/',
  /** Packed pixels of a view of the field, before its tiles are drawn (`GlimpseColumns`); `?` a `glimpseRequest`. */
  glimpse: '/data/glimpse',
  /** FITS HiPS of the field's mosaics; `/hips/<key>/properties`. The key changes with the field. */
  hips: '/hips/',
  /** A list or regions as a file; `?request=` is an `exportRequest` as JSON. */
  exportFile: '/export/file',
  /** Labels as CSV: `?labeller=NAME` one labeller's, without it those on which all agree. */
  exportLabels: '/export/labels.csv',
  /** Association candidates in the layout of a component catalogue; with `.fits` instead of `.csv` as FITS. */
  exportCandidates: '/export/candidates.csv',
  exportCandidatesFits: '/export/candidates.fits',
  /** Every line of the history of labels as CSV. */
  exportLabelHistory: '/export/label-history.csv',
} as const;
