import { createReadStream, createWriteStream } from 'node:fs';
import { open, realpath, rm, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { DomainFailure } from '../../core/result/failure.ts';
import { isThisMachine } from './local-machine.ts';

export type ReceivedKind = 'fits' | 'votable';

const LONGEST_URL = 4096;
/** Larger ones are opened from their own folder, not passed from program to program. */
const LARGEST_COPY_BYTES = 4 * 2 ** 30;

/**
 * The address that a message names, if Lobate may follow it: a file of this machine, or a web address of this machine or
 * of a host that the astronomer has allowed.
 * @throws DomainFailure `samp-address-refused`
 */
export function allowedAddress(text: string | undefined, allowedHosts: readonly string[]): URL {
  const url = text === undefined || text.length > LONGEST_URL ? null : URL.parse(text);
  if (url === null) throw refused(text ?? '', 'it is no address');
  if (url.protocol === 'file:') {
    // `file://host/…` would make Windows ask another machine for the file, with the user's name and password.
    if (url.host !== '') throw refused(url.href, `it is a file of another machine, ${url.host}`);
    return url;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refused(url.href, `${url.protocol} is not followed`);
  const isAllowed = isThisMachine(url.hostname) || allowedHosts.includes(url.hostname.toLowerCase());
  if (!isAllowed) throw refused(url.href, `${url.hostname} is not this machine and was not allowed`);
  return url;
}

export interface ReceiveOptions {
  /** What the message promised. */
  readonly kind: ReceivedKind;
  /** What the sender calls it. */
  readonly name: string;
  /** An empty folder for a copy. */
  readonly makeFolder: () => Promise<string>;
  /** Whether a file may be opened where it is. Others are copied. */
  readonly mayUseInPlace: (realPath: string) => boolean;
}

/**
 * The file behind an allowed address, looked at only as far as its first bytes: a FITS file or a VOTable, or it is
 * refused. A file with a name of its own is used where it is; a temporary one and one of the web are copied.
 * @returns its path
 * @throws DomainFailure `samp-address-refused`, `file-not-found`
 */
export async function receiveFile(url: URL, options: ReceiveOptions): Promise<string> {
  if (url.protocol !== 'file:') return copyInto(options, url.href, await download(url));
  const path = await realpath(fileURLToPath(url)).catch((cause: unknown) => {
    throw new DomainFailure({ kind: 'file-not-found', path: fileURLToPath(url) }, { cause });
  });
  if (!(await stat(path)).isFile()) throw refused(url.href, 'it is no file');
  await checkKind(path, options.kind, url.href);
  const hasName = ENDINGS[options.kind].includes(extname(path).toLowerCase());
  if (hasName && options.mayUseInPlace(path)) return path;
  return copyInto(options, url.href, createReadStream(path));
}

const ENDINGS: Readonly<Record<ReceivedKind, readonly string[]>> = {
  fits: ['.fits', '.fit', '.fts'],
  votable: ['.vot', '.votable', '.xml'],
};

async function download(url: URL): Promise<AsyncIterable<Uint8Array>> {
  try {
    // A redirect could lead off this machine.
    const answer = await fetch(url, { redirect: 'error' });
    if (!answer.ok || answer.body === null) throw new Error(`it was answered ${answer.status}`);
    return answer.body;
  } catch (cause) {
    throw new DomainFailure(
      { kind: 'samp-address-refused', address: url.href, why: 'nothing can be fetched from it' },
      { cause },
    );
  }
}

async function copyInto(
  { makeFolder, name, kind }: ReceiveOptions,
  address: string,
  content: AsyncIterable<Uint8Array>,
): Promise<string> {
  const folder = await makeFolder();
  const path = join(folder, `${fileNameOf(name)}${ENDINGS[kind][0]!}`);
  let bytes = 0;
  const limited = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.byteLength;
      done(bytes > LARGEST_COPY_BYTES ? refused(address, 'it is larger than 4 GiB') : null, chunk);
    },
  });
  try {
    await pipeline(content, limited, createWriteStream(path));
    await checkKind(path, kind, address);
    return path;
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true });
    throw thrown;
  }
}

/** A name that a sender made up, as one that every system takes for a file and that leads nowhere else. */
function fileNameOf(name: string): string {
  const plain = basename(name.replaceAll('\\', '/'))
    .replace(/\.(?:fits?|fts|vot|votable|xml)$/i, '')
    .replace(/[^\w.+-]+/g, '_')
    .replace(/^[._]+/, '')
    .slice(0, 80);
  return plain === '' ? 'received' : plain;
}

async function checkKind(path: string, kind: ReceivedKind, address: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2048), 0, 2048, 0);
    const start = buffer.toString('latin1', 0, bytesRead);
    const isKind = kind === 'fits' ? start.startsWith('SIMPLE  =') : /<(?:\w+:)?VOTABLE[\s>]/i.test(start);
    if (!isKind) throw refused(address, `it is no ${kind === 'fits' ? 'FITS file' : 'VOTable'}`);
  } finally {
    await file.close();
  }
}

const refused = (address: string, why: string): DomainFailure =>
  new DomainFailure({ kind: 'samp-address-refused', address: address.slice(0, 200), why });
