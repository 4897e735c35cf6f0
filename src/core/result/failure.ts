/**
 * Every way in which Lobate can refuse to go on, one kind per cause. The kinds carry numbers and names; the sentence
 * for people is in `describe-error.ts`. Anything thrown that is not a `DomainFailure` is a bug.
 */
export type DomainError =
  // Files
  | { readonly kind: 'file-not-found'; readonly path: string }
  | { readonly kind: 'file-unreadable'; readonly path: string; readonly why: string }
  | { readonly kind: 'list-input-missing'; readonly what: string; readonly folders: readonly string[] }
  | { readonly kind: 'file-unwritable'; readonly path: string; readonly why: string }
  | { readonly kind: 'file-kind-unknown'; readonly path: string; readonly wanted: string }
  // FITS
  | { readonly kind: 'fits-not-fits'; readonly path: string }
  | {
      readonly kind: 'fits-truncated';
      readonly path: string;
      readonly expectedBytes: number;
      readonly actualBytes: number;
    }
  | { readonly kind: 'fits-unsupported'; readonly path: string; readonly what: string }
  | { readonly kind: 'fits-header-invalid'; readonly path: string; readonly what: string }
  | { readonly kind: 'fits-data-invalid'; readonly path: string; readonly what: string }
  | { readonly kind: 'fits-no-image'; readonly path: string }
  | { readonly kind: 'fits-no-table'; readonly path: string }
  | { readonly kind: 'table-column-missing'; readonly path: string; readonly column: string }
  // Sky
  | { readonly kind: 'wcs-missing'; readonly path: string }
  | { readonly kind: 'wcs-unsupported'; readonly path: string; readonly what: string }
  // Catalogues
  | {
      readonly kind: 'catalogue-column-missing';
      readonly path: string;
      readonly column: string;
      readonly found: string;
    }
  | { readonly kind: 'catalogue-empty'; readonly path: string }
  | { readonly kind: 'catalogue-unit-unknown'; readonly path: string; readonly column: string; readonly unit: string }
  | { readonly kind: 'catalogue-column-not-numeric'; readonly path: string; readonly column: string }
  | {
      readonly kind: 'catalogue-value-out-of-range';
      readonly path: string;
      readonly column: string;
      /** 1-based row of the table. */
      readonly row: number;
      readonly value: number;
      readonly range: string;
    }
  | {
      readonly kind: 'catalogue-rows-differ';
      readonly path: string;
      readonly expected: number;
      readonly actual: number;
    }
  | { readonly kind: 'catalogue-link-missing'; readonly path: string; readonly wanted: string }
  // Models and recipes
  | { readonly kind: 'model-not-found'; readonly id: string; readonly available: readonly string[] }
  | { readonly kind: 'model-of-run-gone'; readonly id: string }
  | { readonly kind: 'model-invalid'; readonly path: string; readonly why: string }
  | { readonly kind: 'model-hash-mismatch'; readonly path: string; readonly expected: string; readonly actual: string }
  | { readonly kind: 'model-input-mismatch'; readonly id: string; readonly why: string }
  | { readonly kind: 'recipe-invalid'; readonly name: string; readonly why: string }
  | { readonly kind: 'network-unknown'; readonly id: string; readonly available: readonly string[] }
  // Training and evaluation
  | { readonly kind: 'labels-invalid'; readonly path: string; readonly why: string }
  | { readonly kind: 'training-data-insufficient'; readonly why: string }
  | { readonly kind: 'checkpoint-invalid'; readonly path: string; readonly why: string }
  | { readonly kind: 'training-not-found'; readonly id: string }
  | { readonly kind: 'memory-insufficient'; readonly what: string }
  | { readonly kind: 'evaluation-on-training-rows'; readonly path: string; readonly rows: number }
  // Projects and runs
  | { readonly kind: 'project-in-use'; readonly path: string }
  | { readonly kind: 'project-invalid'; readonly path: string; readonly why: string }
  | { readonly kind: 'project-newer'; readonly path: string; readonly version: number; readonly supported: number }
  | { readonly kind: 'project-input-missing'; readonly path: string }
  | { readonly kind: 'project-none-open' }
  | { readonly kind: 'run-in-progress' }
  | { readonly kind: 'run-not-found'; readonly id: number }
  | { readonly kind: 'worker-died'; readonly why: string }
  | { readonly kind: 'device-failed'; readonly device: string; readonly why: string }
  | { readonly kind: 'cancelled' }
  // Other programs
  | { readonly kind: 'samp-no-hub'; readonly why: string }
  | { readonly kind: 'samp-failed'; readonly why: string }
  | { readonly kind: 'samp-address-refused'; readonly address: string; readonly why: string }
  // Requests
  | { readonly kind: 'argument-invalid'; readonly name: string; readonly why: string }
  | { readonly kind: 'path-not-allowed'; readonly path: string };

export type DomainErrorKind = DomainError['kind'];

/** Thrown inside the program; every border turns it back into its `error`, a plain value. */
export class DomainFailure extends Error {
  readonly error: DomainError;

  constructor(error: DomainError, options?: ErrorOptions) {
    super(error.kind, options);
    this.name = 'DomainFailure';
    this.error = error;
  }
}

/** The error inside `thrown` if it is one of ours, otherwise undefined: a bug, to be logged and not swallowed. */
export function domainErrorOf(thrown: unknown): DomainError | undefined {
  return thrown instanceof DomainFailure ? thrown.error : undefined;
}

/** Closes an exhaustive switch: a case that is left out does not compile. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
