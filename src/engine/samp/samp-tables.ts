import { realpathSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { OpenProject } from '../project/open-project.ts';
import type { SampMap } from '../../services/samp/samp-value.ts';
import { textIn } from '../../services/samp/samp-value.ts';

/** A table that other programs can have: how they name it, and which catalogue row each of its rows is. */
export interface SharedTable {
  readonly tableId: string | undefined;
  readonly url: string;
  /** Catalogue rows in the table's order; undefined where it holds all of them. */
  readonly catalogueRows: readonly number[] | undefined;
}

/** The open catalogue as others have it who opened its file by themselves. */
export function catalogueTableOf(project: OpenProject): SharedTable {
  // The address names the file; which of its HDUs is meant, SAMP cannot say.
  const path = project.field.field.files.catalogue.replace(/(?:\[[^\]]*\])+$/, '');
  return { tableId: undefined, url: pathToFileURL(path).href, catalogueRows: undefined };
}

/** Its row for a catalogue row, 0-based; undefined where it has none. */
export function tableRowOf({ catalogueRows }: SharedTable, catalogueRow: number): number | undefined {
  if (catalogueRows === undefined) return catalogueRow;
  const index = catalogueRows.indexOf(catalogueRow);
  return index === -1 ? undefined : index;
}

/** The catalogue row for a row of the table as a message writes it; undefined where there is no such row. */
export function catalogueRowOf(
  { catalogueRows }: SharedTable,
  text: string,
  catalogueRowCount: number,
): number | undefined {
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const row = catalogueRows === undefined ? Number(text) : catalogueRows[Number(text)];
  return row !== undefined && row < catalogueRowCount ? row : undefined;
}

/** The table that a message is about: by its id, or by its address, however that is spelled. */
export function tableOf(tables: readonly SharedTable[], params: SampMap): SharedTable | undefined {
  const tableId = textIn(params, 'table-id');
  const url = textIn(params, 'url');
  const place = url === undefined ? undefined : placeOf(url);
  return tables.findLast(
    (table) =>
      (tableId !== undefined && tableId === table.tableId) || (place !== undefined && place === placeOf(table.url)),
  );
}

/** The names by which a message says which table it means. */
export function tableParams({ tableId, url }: SharedTable): SampMap {
  return tableId === undefined ? { url } : { 'table-id': tableId, url };
}

/**
 * Two addresses of one file are one place: TOPCAT writes `file://localhost/x`, `file:/x` or a link to it, and escapes a
 * blank twice (`%2520`).
 */
function placeOf(url: string): string {
  for (const spelling of [url, url.replaceAll('%25', '%')]) {
    try {
      return realpathSync(fileURLToPath(spelling));
    } catch {
      // It may be spelled otherwise, or be no file.
    }
  }
  return url;
}
