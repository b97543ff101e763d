// The worker's C++ source, made ready for Debian's compiler and libraries.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeLibraries } from './libraries.mjs';

/** The headers that most of the worker's files include: compiled once, they save about 40 % of the time. */
const PRECOMPILED = [
  '"common.hpp"',
  '"Utils.hpp"',
  '"FBS/message.h"',
  '"FBS/notification.h"',
  '"FBS/request.h"',
  '"FBS/response.h"',
  '<absl/container/flat_hash_map.h>',
  '<absl/container/flat_hash_set.h>',
  '<map>',
  '<string>',
  '<unordered_map>',
  '<vector>',
  '<uv.h>',
];

/**
 * Replaces one piece of text, which must be there: a change of version that moves it has to be seen.
 * @param {string} file @param {string} from @param {string} to
 */
function replaceIn(file, from, to) {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has changed: it no longer contains ${from}`);
  writeFileSync(file, text.replace(from, to));
}

/**
 * Copies the source out of the npm package and adapts the copy.
 * @param {string} packageFolder the installed `mediasoup` package
 * @param {string} folder an empty folder, which becomes meson's source folder
 */
export function prepareSource(packageFolder, folder) {
  cpSync(path.join(packageFolder, 'worker'), folder, {
    recursive: true,
    filter: (file) => !file.endsWith(`${path.sep}out`),
  });
  const subprojects = path.join(folder, 'subprojects');
  for (const name of readdirSync(subprojects)) {
    if (name.endsWith('.wrap')) rmSync(path.join(subprojects, name)); // each would be downloaded
  }
  writeLibraries(subprojects);

  const build = path.join(folder, 'meson.build');
  // Debian 12 has 1.0.1, and nothing newer is used.
  replaceIn(build, "meson_version: '>= 1.1.0'", "meson_version: '>= 1.0.0'");

  mkdirSync(path.join(folder, 'precompiled'));
  const header = PRECOMPILED.map((name) => `#include ${name}\n`).join('');
  writeFileSync(path.join(folder, 'precompiled', 'worker.hpp'), header);
  const main = "sources: common_sources + ['src/main.cpp'],";
  replaceIn(build, main, `${main}\n  cpp_pch: 'precompiled/worker.hpp',`);

  // Debian's OpenSSL knows kTLS. The worker's BIO callback answers 1 to every control call, OpenSSL takes that as "kTLS is
  // on", allocates no write buffer, and the first DTLS flight crashes. So the real result is handed back for each return.
  replaceIn(
    path.join(folder, 'src', 'RTC', 'DtlsTransport.cpp'),
    '(operationType == BIO_CB_RETURN) ?',
    '((operationType & BIO_CB_RETURN) != 0) ?',
  );
}
