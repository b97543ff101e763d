// The libraries that the mediasoup worker is linked with, taken from the system.
// Its meson.build asks for each as a subproject with variables of given names (upstream downloads them all). Here every
// subproject is made of the system's library plus an empty static library for the names that are linked whole.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {object} Library
 * @property {Record<string, string[]>} dependencies meson variable -> pkg-config modules
 * @property {string[]} [linkedWhole] meson variables that upstream links whole: empty here, the system's are shared
 * @property {string[]} [options] option declarations, since upstream passes values for them
 */

/** @type {Record<string, Library>} */
const LIBRARIES = {
  openssl: { dependencies: { openssl_dep: ['openssl'] }, linkedWhole: ['libcrypto_lib', 'libssl_lib'] },
  libuv: {
    dependencies: { libuv_dep: ['libuv'] },
    linkedWhole: ['libuv'],
    options: ["option('build_tests', type: 'boolean')", "option('build_benchmarks', type: 'boolean')"],
  },
  libsrtp3: {
    dependencies: { libsrtp3_dep: ['libsrtp2'] },
    linkedWhole: ['libsrtp3'],
    options: [
      "option('crypto-library', type: 'string')",
      "option('crypto-library-kdf', type: 'string')",
      "option('tests', type: 'string')",
    ],
  },
  usrsctp: {
    dependencies: { usrsctp_dep: ['usrsctp'] },
    linkedWhole: ['usrsctp'],
    options: ["option('sctp_build_programs', type: 'boolean')"],
  },
  'abseil-cpp': {
    dependencies: {
      absl_container_dep: ['absl_flat_hash_map', 'absl_flat_hash_set', 'absl_btree', 'absl_inlined_vector'],
      absl_strings_dep: ['absl_strings'],
      absl_types_dep: ['absl_optional', 'absl_memory'],
    },
    linkedWhole: ['absl_container_lib'],
  },
  flatbuffers: { dependencies: { flatbuffers_dep: ['flatbuffers'] }, linkedWhole: ['flatbuffers_lib'] },
  // The worker's own tests are not built, but their target is described.
  catch2: { dependencies: { catch2_dep: [] } },
};

/** @param {string} name @param {Library} library @returns {string} the text of its meson.build */
function mesonBuild(name, library) {
  const lines = [`project('${name}', 'c', 'cpp')`];
  const extra = name === 'libsrtp3' ? "include_directories: include_directories('include'), " : '';
  for (const [variable, modules] of Object.entries(library.dependencies)) {
    const found = modules.map((module) => `dependency('${module}')`).join(', ');
    lines.push(`${variable} = declare_dependency(${extra}dependencies: [${found}])`);
  }
  for (const variable of library.linkedWhole ?? []) {
    lines.push(`${variable} = static_library('nothing-${variable}', 'nothing.c', build_by_default: false)`);
  }
  return `${lines.join('\n')}\n`;
}

/**
 * Writes the subprojects.
 * @param {string} folder the worker's `subprojects` folder, which is filled
 */
export function writeLibraries(folder) {
  for (const [name, library] of Object.entries(LIBRARIES)) {
    const own = path.join(folder, name);
    mkdirSync(own, { recursive: true });
    writeFileSync(path.join(own, 'meson.build'), mesonBuild(name, library));
    writeFileSync(path.join(own, 'nothing.c'), 'typedef int nothing;\n');
    if (library.options) writeFileSync(path.join(own, 'meson_options.txt'), `${library.options.join('\n')}\n`);
  }
  const header = path.join(folder, 'libsrtp3', 'include');
  mkdirSync(header, { recursive: true });
  cpSync(path.join(import.meta.dirname, 'srtp.h'), path.join(header, 'srtp.h'));
}
