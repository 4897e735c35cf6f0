import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RecentProject } from '../../contract/schemas.ts';

const MOST_PROJECTS = 12;

const storedProject = z.object({ name: z.string(), path: z.string(), openedAt: z.string() });
type StoredProject = z.infer<typeof storedProject>;

/** The projects opened last on this machine, newest first. Losing the list loses nothing else. */
export interface RecentProjects {
  list(): Promise<RecentProject[]>;
  add(project: StoredProject): Promise<void>;
}

export function createRecentProjects(cacheFolder: string): RecentProjects {
  const file = join(cacheFolder, 'recent-projects.json');
  const read = async (): Promise<StoredProject[]> => {
    try {
      return z.array(storedProject).parse(JSON.parse(await readFile(file, 'utf8')));
    } catch {
      return [];
    }
  };
  return {
    list: async () => (await read()).map((project) => ({ ...project, exists: existsSync(project.path) })),
    async add(project) {
      const others = (await read()).filter(({ path }) => path !== project.path);
      const text = JSON.stringify([project, ...others].slice(0, MOST_PROJECTS), undefined, 2);
      try {
        await mkdir(cacheFolder, { recursive: true });
        const written = `${file}.${process.pid}`;
        await writeFile(written, text);
        await rename(written, file);
      } catch {
        // A full disk or a read-only home must not keep a project from opening.
      }
    },
  };
}
