// ffmpeg, which makes recordings and HLS. The hall never waits for it: as a program, this installs it where that can be done
// (Debian and its kin, as root), at the lowest priority; the server finds it when it is there, and says what is missing until then.
import { spawn } from 'node:child_process';
import os from 'node:os';
import { RECORDING_PACKAGES, ensurePackages } from './packages.mjs';

/** Installs what is missing in a process of its own, which outlives nobody's patience and nobody's start. */
export function prepareRecordingApart() {
  if (RECORDING_PACKAGES.every((item) => item.present()) || process.getuid?.() !== 0) return;
  spawn(process.execPath, [import.meta.filename], { detached: true, stdio: 'ignore' }).unref();
}

if (process.argv[1] === import.meta.filename) {
  os.setPriority(os.constants.priority.PRIORITY_LOW);
  const { sentence } = ensurePackages(RECORDING_PACKAGES, (line) => console.log(line));
  if (sentence) console.error(sentence);
  process.exit(sentence ? 1 : 0);
}
