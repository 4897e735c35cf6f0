import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Table } from '../../core/table/table.ts';

export const CSVW_CONTEXT = 'http://www.w3.org/ns/csvw';
/** What CSV on the Web appends to the name of a CSV file. */
export const CSVW_SUFFIX = '-metadata.json';
export const UCD_PROPERTY = 'https://www.ivoa.net/documents/UCD1+';

/** Largest metadata file that is looked at [byte]: a thousand columns and all entries take less than one. */
const MOST_BYTES = 4 << 20;

const csvwMetadata = z.object({
  '@context': z.literal(CSVW_CONTEXT),
  url: z.string(),
  'schema:additionalProperty': z.array(
    z.object({
      'schema:name': z.string(),
      'schema:value': z.union([z.string(), z.number(), z.boolean()]),
      'schema:description': z.string().optional(),
    }),
  ),
  tableSchema: z.object({
    columns: z.array(
      z.object({
        titles: z.string(),
        'schema:unitText': z.string().optional(),
        [UCD_PROPERTY]: z.string().optional(),
        'dc:description': z.string().optional(),
      }),
    ),
  }),
});
export type CsvwMetadata = z.infer<typeof csvwMetadata>;

/** A CSV table with what the metadata file beside it says of it. Without one of ours the table stays as it is. */
export async function withCsvwMetadata(table: Table, path: string): Promise<Table> {
  const metadata = await metadataBeside(path);
  if (metadata === undefined) return table;
  const columns = new Map(metadata.tableSchema.columns.map((column) => [column.titles, column]));
  return {
    ...table,
    entries: metadata['schema:additionalProperty'].map((entry) => ({
      name: entry['schema:name'],
      value: entry['schema:value'],
      description: entry['schema:description'],
    })),
    columns: table.columns.map((column) => {
      const said = columns.get(column.name);
      if (said === undefined) return column;
      const { 'schema:unitText': unit, [UCD_PROPERTY]: ucd, 'dc:description': description } = said;
      return {
        ...column,
        ...(unit === undefined ? {} : { unit }),
        ...(ucd === undefined ? {} : { ucd }),
        ...(description === undefined ? {} : { description }),
      };
    }),
  };
}

async function metadataBeside(path: string): Promise<CsvwMetadata | undefined> {
  const beside = `${path}${CSVW_SUFFIX}`;
  try {
    if ((await stat(beside)).size > MOST_BYTES) return undefined;
    const parsed = csvwMetadata.safeParse(JSON.parse(await readFile(beside, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Not there, or somebody else's: the CSV itself is what was asked for.
    return undefined;
  }
}
