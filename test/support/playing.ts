/** What a decoder makes of an HLS playlist: all of its files, one behind the other, as one film. Needs ffprobe. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** Frames that were decoded, the longest time between two of them, and the time of the last: seconds. */
export interface Played { frames: number; gap: number; end: number }

/** Each section of a playlist, from one initialisation to the next: its files, the initialisation first. */
function sections(text: string): string[][] {
  const found: string[][] = [];
  for (const line of text.split('\n')) {
    const init = /^#EXT-X-MAP:URI="([^"]+)"/.exec(line)?.[1];
    if (init !== undefined) found.push([init]);
    else if (line && !line.startsWith('#')) found.at(-1)!.push(line);
  }
  return found;
}

async function bytesOf(address: URL): Promise<Buffer> {
  const response = await fetch(address);
  if (response.status !== 200) throw new Error(`${address.pathname}: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/**
 * Throws when a file is missing, and at the first complaint of the decoder.
 * @param address of the playlist
 */
export async function play(address: URL, text: string): Promise<{ video: Played; audio: Played }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'fairwind-play-'));
  try {
    const parts: string[] = [];
    for (const files of sections(text)) {
      const part = path.join(folder, `${parts.length}.mp4`);
      await writeFile(part, Buffer.concat(await Promise.all(files.map((file) => bytesOf(new URL(file, address))))));
      parts.push(`file ${part}\n`);
    }
    const list = path.join(folder, 'list');
    await writeFile(list, parts.join(''));
    const asked = ['-v', 'error', '-f', 'concat', '-safe', '0', '-show_entries', 'frame=media_type,pts_time', '-of', 'csv=p=0', list];
    const { stdout, stderr } = await promisify(execFile)('ffprobe', asked, { maxBuffer: 64 * 1024 * 1024 });
    if (stderr !== '') throw new Error(`The decoder complains: ${stderr}`);
    return { video: played(stdout, 'video'), audio: played(stdout, 'audio') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function played(lines: string, kind: 'video' | 'audio'): Played {
  const times = [...lines.matchAll(new RegExp(`^${kind},([\\d.]+)`, 'gm'))].map(([, time]) => Number(time));
  return { frames: times.length, gap: Math.max(0, ...times.slice(1).map((time, n) => time - times[n]!)), end: times.at(-1) ?? 0 };
}
