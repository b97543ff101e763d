import { existsSync } from 'node:fs';
import path from 'node:path';

function findRoot(from: string): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'prisma', 'migrations'))) return folder;
    if (folder === path.dirname(folder)) throw new Error(`no prisma/migrations above ${from}: the installation is not whole`);
  }
}

/** The repository's folder (the same from the source and from dist), where prisma/migrations and package.json are. */
export const PROJECT_ROOT = findRoot(import.meta.dirname);
