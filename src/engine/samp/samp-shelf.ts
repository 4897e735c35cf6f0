import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SampSend } from '../../contract/samp.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { degrees } from '../../core/units/quantities.ts';
import { sourceFitsBytes } from '../../services/export/cutout-fits.ts';
import type { FileContent } from '../../services/fits-files/atomic-write.ts';
import { writeAtomically } from '../../services/fits-files/atomic-write.ts';
import { resolveFitsPath } from '../../services/fits-files/fits-path.ts';
import { inTurn } from '../../services/threads/in-turn.ts';
import type { SampMessage } from '../../services/samp/samp-value.ts';
import type { EngineServices } from '../engine-services.ts';
import { exportFileOf } from '../exports/export-file.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { SharedTable } from './samp-tables.ts';
import { tableParams } from './samp-tables.ts';

type SentTable = Extract<SampSend['what'], { kind: 'table' }>;

export interface SampShelfOptions {
  readonly services: EngineServices;
  readonly cacheFolder: string;
  readonly softwareVersion: string;
}

/** The files that others are sent, for as long as the connection lasts. */
export class SampShelf {
  readonly #options: SampShelfOptions;
  #folder: Promise<string> | undefined;
  #files = 0;
  readonly #tables: { readonly project: OpenProject; readonly table: SharedTable }[] = [];

  constructor(options: SampShelfOptions) {
    this.#options = options;
  }

  tablesOf(project: OpenProject): readonly SharedTable[] {
    return this.#tables.filter((sent) => sent.project === project).map(({ table }) => table);
  }

  /** The list of the run on screen, written to disk as an export writes it. @throws DomainFailure as `exportFileOf` */
  async tableMessage(project: OpenProject, what: SentTable, format: 'fits' | 'votable'): Promise<SampMessage> {
    const { services, softwareVersion } = this.#options;
    const { rows, selectedRows, threshold } = what;
    const request = { rows, selectedRows, threshold, format, columnNames: 'lobate', ellipse: 'fwhm' } as const;
    const file = await exportFileOf(project, services, request, softwareVersion);
    const url = await this.#put(file.fileName, inTurn(file.pieces()));
    const table: SharedTable = { tableId: `lobate-${randomUUID()}`, url, catalogueRows: file.catalogueRows };
    this.#tables.push({ project, table });
    return { mtype: `table.load.${format}`, params: { ...tableParams(table), name: file.fileName } };
  }

  /** The window about a source, or the whole mosaic that it lies on. @throws DomainFailure argument-invalid off them all */
  async imageMessage(project: OpenProject, kind: 'cutout' | 'mosaic', row: number): Promise<SampMessage> {
    const { field, assignment } = project.field;
    const { catalogue } = field;
    const mosaic = field.mosaics[assignment.mosaic[row] ?? -1];
    if (mosaic === undefined) {
      throw new DomainFailure({ kind: 'argument-invalid', name: `row ${row}`, why: 'it lies on none of the mosaics' });
    }
    if (kind === 'mosaic') {
      const { path } = await resolveFitsPath(mosaic.path);
      return imageMessage(pathToFileURL(path).href, mosaic.name);
    }
    const name = catalogue.name[row]!;
    const position = { ra: degrees(catalogue.raDeg[row]!), dec: degrees(catalogue.decDeg[row]!) };
    const { windowSidePix } = project.recipe.cutout;
    const software = `Lobate ${this.#options.softwareVersion}`;
    const bytes = await sourceFitsBytes(mosaic, position, windowSidePix, software, name);
    return imageMessage(await this.#put(`${name}.fits`, bytes), name);
  }

  async close(): Promise<void> {
    this.#tables.length = 0;
    // On Windows a program that has a file open keeps it; the cache may be emptied by hand.
    if (this.#folder !== undefined)
      await rm(await this.#folder, { recursive: true, force: true }).catch(() => undefined);
  }

  async #put(fileName: string, content: FileContent): Promise<string> {
    this.#folder ??= this.#makeFolder();
    // Each in a folder of its own: two lists may have the same name, and the others show the name.
    const folder = join(await this.#folder, String(++this.#files));
    await mkdir(folder);
    // DS9 takes an address for a path as it stands: nothing in the name may need an escape in a URL.
    const path = join(folder, fileName.replace(/[^\w.+-]+/g, '_'));
    await writeAtomically(path, content);
    return pathToFileURL(path).href;
  }

  async #makeFolder(): Promise<string> {
    const parent = join(this.#options.cacheFolder, 'sent');
    await mkdir(parent, { recursive: true });
    return mkdtemp(join(parent, 'samp-'));
  }
}

const imageMessage = (url: string, name: string): SampMessage => ({
  mtype: 'image.load.fits',
  params: { url, 'image-id': url, name },
});
