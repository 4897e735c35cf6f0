import { useQuery } from '@tanstack/react-query';
import type { FolderListing } from '../../contract/schemas.ts';
import { useEngine } from './engine-context.tsx';

const NOTHING: FolderListing['entries'] = [];

/** What lies beside a file on the engine's machine; nothing until the engine has answered, or where it may not say. */
export function useFolderOf(path: string): FolderListing['entries'] {
  const engine = useEngine();
  const folder = path.replace(/[/\\][^/\\]*$/, '');
  const listing = useQuery({
    queryKey: ['files', folder],
    queryFn: () => engine.files.list({ path: folder }),
    retry: false,
  });
  return listing.data?.entries ?? NOTHING;
}
