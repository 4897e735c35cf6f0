import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { SampReceived, SampSend, SampState } from '../../contract/samp.ts';
import { SAMP_HOSTS_SETTING } from '../../contract/samp.ts';
import { describeError } from '../../core/result/describe-error.ts';
import { DomainFailure, domainErrorOf } from '../../core/result/failure.ts';
import { parseRowRanges } from '../../core/table/row-ranges.ts';
import type { ReceivedKind } from '../../services/samp/receive-file.ts';
import { allowedAddress, receiveFile } from '../../services/samp/receive-file.ts';
import type { SampClient, SampPeer } from '../../services/samp/samp-client.ts';
import { joinHub } from '../../services/samp/samp-client.ts';
import type { SampMap, SampMessage } from '../../services/samp/samp-value.ts';
import { takes, textIn, textsIn } from '../../services/samp/samp-value.ts';
import type { EngineServices } from '../engine-services.ts';
import type { EventHub } from '../events.ts';
import type { FolderFence } from '../files/folder-fence.ts';
import type { MachineSettings } from '../machine-settings.ts';
import type { OpenProject } from '../project/open-project.ts';
import { nameIn, positionIn } from './samp-params.ts';
import { SampShelf } from './samp-shelf.ts';
import type { SharedTable } from './samp-tables.ts';
import { catalogueRowOf, catalogueTableOf, tableOf, tableParams, tableRowOf } from './samp-tables.ts';

export interface SampDeskOptions {
  readonly services: EngineServices;
  readonly events: Pick<EventHub, 'publish'>;
  readonly settings: Pick<MachineSettings, 'list'>;
  readonly fence: Pick<FolderFence, 'holds'>;
  readonly cacheFolder: string;
  readonly softwareVersion: string;
  /** The project that is open at the moment. */
  project(): OpenProject | undefined;
}

/** MTypes that Lobate understands, by what they carry. */
const LOADS = {
  'image.load.fits': { kind: 'image', fileKind: 'fits' },
  'table.load.fits': { kind: 'table', fileKind: 'fits' },
  'table.load.votable': { kind: 'table', fileKind: 'votable' },
} as const;
const MTYPES = [...Object.keys(LOADS), 'table.highlight.row', 'table.select.rowList', 'coord.pointAt.sky'];

/** MTypes of which a program has to take one, to be sent such a thing. */
const NEEDS = {
  table: ['table.load.fits', 'table.load.votable'],
  image: ['image.load.fits'],
  selection: ['table.select.rowList'],
} as const;

const MOST_RECEIVED = 20;

interface Offer extends SampReceived {
  readonly path: string;
  /** Folder of a copy that was made of it; undefined where the file is used where it lies. */
  readonly copyFolder: string | undefined;
}

/**
 * What Lobate says to the other programs of the desktop over SAMP, and what they say to it. Off until the astronomer
 * connects. Nothing that arrives is opened by itself: files are put by until they are asked for, rows and positions move
 * the view and nothing else.
 */
export class SampDesk {
  readonly #options: SampDeskOptions;
  #client: SampClient | undefined;
  #joining: Promise<void> | undefined;
  #shelf: SampShelf | undefined;
  #offers: readonly Offer[] = [];
  #offered = 0;
  #receiving: Promise<unknown> = Promise.resolve();
  #ended: string | null = null;
  /** The row that all programs look at: whoever said so last, it is not said again. This is what ends an echo. */
  #sharedRow: { readonly project: OpenProject; readonly row: number } | undefined;
  readonly #taken = new Set<string>();

  constructor(options: SampDeskOptions) {
    this.#options = options;
  }

  /** As it is now; asks the hub whether it still knows us. */
  async state(): Promise<SampState> {
    await this.#client?.check();
    return {
      isConnected: this.#client !== undefined,
      peers: (this.#client?.peers ?? []).map(({ id, name, subscriptions }) => {
        const can = (mtype: string): boolean => takes(subscriptions, mtype);
        return {
          id,
          name,
          takes: {
            table: can('table.load.fits') || can('table.load.votable'),
            image: can('image.load.fits'),
            highlight: can('table.highlight.row'),
            selection: can('table.select.rowList'),
            point: can('coord.pointAt.sky'),
          },
        };
      }),
      received: this.#offers.map(({ id, kind, name, from }) => ({ id, kind, name, from })),
      ended: this.#ended,
    };
  }

  /** @throws DomainFailure `samp-no-hub`, `samp-failed` */
  async connect(): Promise<void> {
    this.#joining ??= this.#join().finally(() => (this.#joining = undefined));
    await this.#joining;
  }

  async disconnect(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#ended = null;
    await client?.close();
    await this.#clear();
  }

  /**
   * Sends to one program, or to all that take it.
   * @returns the names of those it was sent to
   * @throws DomainFailure `samp-failed` where nobody takes it, `project-none-open`, and what making the file meets
   */
  async send({ what, peer }: SampSend): Promise<readonly string[]> {
    const { client, shelf } = this.#connected();
    const project = this.#openProject();
    if (what.kind === 'selection') return this.#sendSelection(client, project, what.rows);
    const recipients = this.#recipients(client, what.kind === 'table' ? 'table' : 'image', peer);
    const reached: string[] = [];
    for (const recipient of recipients) {
      const message =
        what.kind === 'table'
          ? await shelf.tableMessage(project, what, tableFormatFor(recipient))
          : await shelf.imageMessage(project, what.kind, what.row);
      try {
        await client.call(message, recipient.id);
        reached.push(recipient.name);
      } catch (thrown) {
        // A program that crashed is still on the hub's list: that must not keep the file from the others.
        const error = domainErrorOf(thrown);
        if (error === undefined || recipients.length === 1) throw thrown;
        this.#notice('warning', `${recipient.name} was not reached. ${describeError(error)}`);
      }
    }
    if (reached.length === 0) throw new DomainFailure({ kind: 'samp-failed', why: 'none of the programs was reached' });
    return reached;
  }

  /** Tells the others which source is looked at. Silent where nobody is connected, or where they said it themselves. */
  async highlight(row: number): Promise<void> {
    const project = this.#options.project();
    const client = this.#client;
    if (client === undefined || project === undefined) return;
    if (this.#sharedRow?.project === project && this.#sharedRow.row === row) return;
    const { catalogue } = project.field.field;
    if (row >= catalogue.rowCount)
      throw new DomainFailure({ kind: 'argument-invalid', name: 'row', why: 'no such row' });
    this.#sharedRow = { project, row };
    for (const table of this.#tables(project)) {
      const tableRow = tableRowOf(table, row);
      if (tableRow === undefined) continue;
      const params = { ...tableParams(table), row: String(tableRow) };
      await client.notifyAll({ mtype: 'table.highlight.row', params });
    }
    const [ra, dec] = [catalogue.raDeg[row]!, catalogue.decDeg[row]!];
    if (Number.isNaN(ra) || Number.isNaN(dec)) return;
    await client.notifyAll({ mtype: 'coord.pointAt.sky', params: { ra: String(ra), dec: String(dec) } });
  }

  /** The file of an offer, which a window may open from now on. @throws DomainFailure argument-invalid */
  take(id: number): { readonly path: string; readonly kind: SampReceived['kind'] } {
    const offer = this.#offers.find((candidate) => candidate.id === id);
    if (offer === undefined) {
      throw new DomainFailure({ kind: 'argument-invalid', name: `offer ${id}`, why: 'it is no longer there' });
    }
    this.#taken.add(offer.path);
    this.#offers = this.#offers.filter((other) => other !== offer);
    this.#changed();
    return { path: offer.path, kind: offer.kind };
  }
  /** Whether a window may open this path because it was taken from another program. */
  hasTaken(path: string): boolean {
    return this.#taken.has(path);
  }

  async dismiss(id: number): Promise<void> {
    const dismissed = this.#offers.filter((offer) => offer.id === id);
    this.#offers = this.#offers.filter((offer) => offer.id !== id);
    this.#changed();
    await dropCopies(dismissed);
  }

  async close(): Promise<void> {
    await this.#joining?.catch(() => undefined);
    await this.disconnect();
  }

  async #join(): Promise<void> {
    if (this.#client !== undefined) return;
    const { cacheFolder, services, softwareVersion } = this.#options;
    this.#client = await joinHub({
      metadata: {
        'samp.name': 'Lobate',
        'samp.description.text': 'Finds the catalogue rows that belong to one radio source',
        'lobate.version': softwareVersion,
      },
      mtypes: MTYPES,
      onMessage: (message, sender) => this.#takeMessage(message, sender),
      onPeers: () => this.#changed(),
      onRefused: ({ name }, why) => this.#notice('warning', `${name} did not take it: ${why}`),
      onEnd: (why) => {
        this.#client = undefined;
        this.#ended = why;
        void this.#clear();
      },
    });
    this.#ended = null;
    this.#shelf = new SampShelf({ cacheFolder, services, softwareVersion });
    this.#changed();
  }

  async #clear(): Promise<void> {
    const shelf = this.#shelf;
    this.#shelf = undefined;
    this.#sharedRow = undefined;
    const offers = this.#offers;
    this.#offers = [];
    this.#changed();
    await dropCopies(offers);
    await shelf?.close();
  }

  async #sendSelection(client: SampClient, project: OpenProject, text: string): Promise<readonly string[]> {
    const recipients = this.#recipients(client, 'selection', undefined);
    for (const table of this.#tables(project)) {
      const chosen = parseRowRanges(text, project.field.field.catalogue.rowCount);
      const rows = chosen.map((row) => tableRowOf(table, row));
      const list = rows.filter((row) => row !== undefined).map(String);
      await client.notifyAll({ mtype: 'table.select.rowList', params: { ...tableParams(table), 'row-list': list } });
    }
    return recipients.map(({ name }) => name);
  }

  async #takeMessage({ mtype, params }: SampMessage, sender: SampPeer): Promise<void> {
    switch (mtype) {
      case 'table.highlight.row': {
        const { project, table } = this.#meantTable(params);
        const row = catalogueRowOf(table, textIn(params, 'row') ?? '', project.field.field.catalogue.rowCount);
        if (row === undefined) throw new DomainFailure({ kind: 'argument-invalid', name: 'row', why: 'no such row' });
        this.#sharedRow = { project, row };
        this.#options.events.publish({ type: 'samp-highlight', row });
        return;
      }
      case 'table.select.rowList': {
        const { project, table } = this.#meantTable(params);
        const { rowCount } = project.field.field.catalogue;
        const rows = textsIn(params, 'row-list').map((text) => catalogueRowOf(table, text, rowCount));
        const known = [...new Set(rows.filter((row) => row !== undefined))].sort((a, b) => a - b);
        this.#options.events.publish({ type: 'samp-selection', rows: known });
        return;
      }
      case 'coord.pointAt.sky':
        this.#options.events.publish({ type: 'samp-point', ...positionIn(params) });
        return;
      default:
        if (mtype in LOADS) await this.#takeOffer(mtype as keyof typeof LOADS, params, sender);
    }
  }

  async #takeOffer(mtype: keyof typeof LOADS, params: SampMap, sender: SampPeer): Promise<void> {
    const { kind, fileKind } = LOADS[mtype];
    try {
      const url = allowedAddress(textIn(params, 'url'), await this.#allowedHosts());
      const name = nameIn(params, url);
      // At once, since a sender may be gone a moment later; one after the other, since nobody asked for any of it yet.
      const received = this.#receiving.then(() => this.#receive(url, fileKind, name));
      this.#receiving = received.catch(() => undefined);
      const offers = [...this.#offers, { id: ++this.#offered, kind, name, from: sender.name, ...(await received) }];
      this.#offers = offers.slice(-MOST_RECEIVED);
      this.#notice('info', `${sender.name} offers the ${kind} “${name}”. Open it under SAMP in the title bar.`);
      this.#changed();
      await dropCopies(offers.slice(0, -MOST_RECEIVED));
    } catch (thrown) {
      const error = domainErrorOf(thrown);
      const article = kind === 'image' ? 'an' : 'a';
      if (error !== undefined)
        this.#notice('warning', `${sender.name} offers ${article} ${kind}. ${describeError(error)}`);
      throw thrown;
    }
  }

  async #receive(url: URL, kind: ReceivedKind, name: string): Promise<Pick<Offer, 'path' | 'copyFolder'>> {
    const parent = join(this.#options.cacheFolder, 'received');
    const temporary = await realpath(tmpdir());
    let copyFolder: string | undefined;
    const path = await receiveFile(url, {
      kind,
      name,
      makeFolder: async () => {
        await mkdir(parent, { recursive: true });
        return (copyFolder = await mkdtemp(join(parent, 'samp-')));
      },
      // What lies among temporary files is gone tomorrow; a project should still find it.
      mayUseInPlace: (real) => this.#options.fence.holds(real) && !real.startsWith(temporary + sep),
    });
    return { path, copyFolder };
  }

  async #allowedHosts(): Promise<readonly string[]> {
    const text = (await this.#options.settings.list())[SAMP_HOSTS_SETTING] ?? '';
    return text
      .toLowerCase()
      .split(/[\s,]+/)
      .filter((host) => host !== '');
  }

  /** @throws DomainFailure where the message is about no table of ours, which is nobody's mistake */
  #meantTable(params: SampMap): { readonly project: OpenProject; readonly table: SharedTable } {
    const project = this.#openProject();
    const table = tableOf(this.#tables(project), params);
    if (table !== undefined) return { project, table };
    throw new DomainFailure({
      kind: 'argument-invalid',
      name: 'table-id',
      why: 'Lobate does not have this table open',
    });
  }

  /** The catalogue's own file, which others may have opened by themselves, and the lists that were sent of it. */
  #tables(project: OpenProject): readonly SharedTable[] {
    return [catalogueTableOf(project), ...(this.#shelf?.tablesOf(project) ?? [])];
  }

  #recipients(client: SampClient, kind: keyof typeof NEEDS, peerId: string | undefined): readonly SampPeer[] {
    const recipients = client.peers.filter(
      ({ id, subscriptions }) =>
        (peerId === undefined || id === peerId) && NEEDS[kind].some((mtype) => takes(subscriptions, mtype)),
    );
    if (recipients.length > 0) return recipients;
    const what = { table: 'tables', image: 'images', selection: 'selections' }[kind];
    throw new DomainFailure({ kind: 'samp-failed', why: `no connected program takes ${what}` });
  }

  #connected(): { readonly client: SampClient; readonly shelf: SampShelf } {
    if (this.#client === undefined || this.#shelf === undefined) {
      throw new DomainFailure({ kind: 'samp-failed', why: 'Lobate is not connected to a hub' });
    }
    return { client: this.#client, shelf: this.#shelf };
  }

  #openProject(): OpenProject {
    const project = this.#options.project();
    if (project === undefined) throw new DomainFailure({ kind: 'project-none-open' });
    return project;
  }

  #changed(): void {
    this.#options.events.publish({ type: 'samp-changed' });
  }

  #notice(level: 'info' | 'warning', message: string): void {
    this.#options.events.publish({ type: 'notice', level, message });
  }
}

/** A program that shows images may take a FITS table for one, as DS9 does: it gets a VOTable where it takes that too. */
function tableFormatFor({ subscriptions }: SampPeer): 'fits' | 'votable' {
  const can = (mtype: string): boolean => takes(subscriptions, mtype);
  if (!can('table.load.votable')) return 'fits';
  return can('table.load.fits') && !can('image.load.fits') ? 'fits' : 'votable';
}

/** Copies that nobody asked for. */
async function dropCopies(offers: readonly Offer[]): Promise<void> {
  for (const { copyFolder } of offers) {
    if (copyFolder !== undefined) await rm(copyFolder, { recursive: true, force: true }).catch(() => undefined);
  }
}
