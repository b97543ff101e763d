// How the tests find modules: ESM source, run as CommonJS by jest. CommonJS because jest cannot load it itself.
'use strict';

/** Packages that are ESM only have no `require` condition: they are taken by the one they have (and are transformed). */
const ESM = ['import', 'node', 'default'];

/**
 * @param {string} request what is imported
 * @param {any} options jest's own, with its default resolver
 * @returns {string} the file
 */
module.exports = (request, options) => {
  // Our own sources write `./ticket.js` and mean `./ticket.ts`; a package means what it says.
  if (/^\.{1,2}\/.*\.js$/.test(request) && !options.basedir.includes('/node_modules/')) {
    try {
      return options.defaultResolver(request.replace(/\.js$/, '.ts'), options);
    } catch {
      return options.defaultResolver(request, options); // a real .js file
    }
  }
  try {
    return options.defaultResolver(request, options);
  } catch (error) {
    if (request.startsWith('.') || request.startsWith('/')) throw error;
    try {
      return options.defaultResolver(request, { ...options, conditions: ESM });
    } catch {
      throw error; // the first reason is the true one
    }
  }
};
