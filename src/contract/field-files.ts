import type { ColumnMap } from '../core/catalogue/column-map.ts';
import type { UnitFamily } from '../core/catalogue/column-reader.ts';

/** The files of a field, and how their columns are to be read: what every process needs to open the same field. */
export interface FieldFiles {
  readonly mosaics: readonly string[];
  readonly catalogue: string;
  readonly gaussians?: string | undefined;
  readonly lr?: string | undefined;
  /** Units of columns that name none; guessed from the values, with a notice, where not given. */
  readonly units?: UnitFamily | undefined;
  /** Columns of the catalogue that the astronomer names himself. */
  readonly columnMap?: ColumnMap | undefined;
}
