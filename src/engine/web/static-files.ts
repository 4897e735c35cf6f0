import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

/** Names with a content hash, which the bundler gives to everything but `index.html`. */
const HASHED_FOLDER = '/assets/';

export type StaticHandler = (request: IncomingMessage, response: ServerResponse, otherwise: () => void) => void;

/**
 * Serves the built window; `otherwise` is called for what it does not hold. Files are listed once, at start, and only
 * listed names are answered, so no path can lead out of the folder.
 * @returns undefined where the window is not built
 */
export function serveStaticFiles(folder: string): StaticHandler | undefined {
  if (!existsSync(join(folder, 'index.html'))) return undefined;
  return sirv(folder, {
    etag: true,
    dotfiles: false,
    setHeaders: (response, pathname) => {
      const isHashed = pathname.startsWith(HASHED_FOLDER);
      response.setHeader('Cache-Control', isHashed ? 'private, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
