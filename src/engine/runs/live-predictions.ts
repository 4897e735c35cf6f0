import { packColumns } from '../../contract/packed-columns.ts';
import type { Prediction } from '../../core/classification/prediction.ts';
import type { StoredPredictions } from '../../services/project-store/predictions.ts';
import { NO_RESULT } from '../../services/project-store/predictions.ts';

/** The results of the run on screen, in memory: read once from the project, then kept up with each stored batch. */
export class LivePredictions implements StoredPredictions {
  readonly runId: number;
  readonly probability: Float64Array;
  readonly status: Uint8Array;
  readonly validFraction: Float32Array;
  readonly mosaic: Int32Array;
  readonly #statusNames: string[];

  constructor(stored: StoredPredictions) {
    this.runId = stored.runId;
    this.probability = stored.probability;
    this.status = stored.status;
    this.validFraction = stored.validFraction;
    this.mosaic = stored.mosaic;
    this.#statusNames = [...stored.statusNames];
  }

  get statusNames(): readonly string[] {
    return this.#statusNames;
  }

  apply(predictions: readonly Prediction[]): void {
    for (const { row, status, probability, validFraction, mosaic } of predictions) {
      let index = this.#statusNames.indexOf(status);
      if (index < 0) index = this.#statusNames.push(status) - 1;
      this.status[row] = index;
      this.probability[row] = probability;
      this.validFraction[row] = validFraction;
      this.mosaic[row] = mosaic;
    }
  }

  /** Every row that has a result, in the catalogue's order. */
  *rows(): Generator<Prediction> {
    for (let row = 0; row < this.status.length; row++) {
      const status = this.status[row]!;
      if (status === NO_RESULT) continue;
      yield {
        row,
        status: this.#statusNames[status] as Prediction['status'],
        probability: this.probability[row]!,
        validFraction: this.validFraction[row]!,
        mosaic: this.mosaic[row]!,
      };
    }
  }

  /** Body of `/data/predictions`. */
  packed(): Uint8Array<ArrayBuffer> {
    const { runId, probability, status, validFraction } = this;
    return packColumns({ probability, status, validFraction }, { runId, statusNames: this.#statusNames });
  }
}
