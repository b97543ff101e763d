// The worker as mediasoup's authors publish it.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Long enough for 3 MB on a slow line, short enough that a machine without a network goes on to build. */
const CONNECT_MS = 5_000;
const WHOLE_MS = 60_000;

/** @param {string} version of mediasoup @returns {string} the archive's address; the kernel decides about io_uring */
function address(version) {
  const base =
    process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL ??
    'https://github.com/versatica/mediasoup/releases/download';
  const kernel = os.platform() === 'linux' ? `-kernel${os.release().split('.')[0]}` : '';
  return `${base}/${version}/mediasoup-worker-${version}-${os.platform()}-${os.arch()}${kernel}.tgz`;
}

/**
 * @param {string} version of mediasoup
 * @param {string} target where the program is put
 * @throws when there is no network, no such archive, or it cannot be unpacked
 */
export async function downloadWorker(version, target) {
  const connect = new AbortController();
  const timer = setTimeout(() => connect.abort(new Error('no answer')), CONNECT_MS);
  const response = await fetch(address(version), { signal: AbortSignal.any([connect.signal, AbortSignal.timeout(WHOLE_MS)]) });
  clearTimeout(timer);
  if (!response.ok) throw new Error(`the download answered ${response.status}`);
  const archive = Buffer.from(await response.arrayBuffer());
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fairwind-worker-'));
  try {
    const unpack = spawnSync('tar', ['xz', '-C', folder], { input: archive });
    if (unpack.status !== 0) throw new Error(`the archive cannot be unpacked: ${unpack.stderr}`);
    const name = os.platform() === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker';
    copyFileSync(path.join(folder, name), target);
    chmodSync(target, 0o755);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
