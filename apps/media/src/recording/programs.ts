import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Full paths of the programs that recording uses. */
export interface Programs {
  ffmpeg: string;
  /** Of util-linux: ends ffmpeg with its parent. Null where there is none. */
  setpriv: string | null;
}

/** Where Debian, and most others, put them. */
const FOLDERS = ['/usr/local/bin', '/usr/bin', '/bin', '/opt/homebrew/bin'];

/** Null without ffmpeg: then there is no recording and no HLS, and everything else works. */
export function findPrograms(): Programs | null {
  const ffmpeg = find('ffmpeg');
  return ffmpeg === null ? null : { ffmpeg, setpriv: process.platform === 'linux' ? find('setpriv') : null };
}

function find(name: string): string | null {
  for (const folder of FOLDERS) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      continue; // not in this folder
    }
  }
  return null;
}
