// Where the repository is.
import path from 'node:path';

/** The repository's folder, absolute. */
export const ROOT = path.resolve(import.meta.dirname, '..', '..');
