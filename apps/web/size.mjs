// Measures what the first view of each surface loads (entry + its static imports + their CSS), as gzip -9 would send it.
// Exits 1 when the phone's passes its limit. Usage: node apps/web/size.mjs [--json], after a build.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const PHONE_LIMIT = 100_000 // bytes, issue 3: "at most 100 kB of compressed JS and CSS"
const web = fileURLToPath(new URL('../../dist/web/', import.meta.url))
const gzip = path => gzipSync(readFileSync(web + path), { level: 9 }).length

/** The scripts and styles that an HTML file names, and every script that those import at once. */
function firstLoad(page) {
  const seen = new Set()
  const add = path => {
    if (seen.has(path)) return
    seen.add(path)
    if (!path.endsWith('.js')) return
    const code = readFileSync(web + path, 'utf8')
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    for (const [, from] of code.matchAll(/(?:^|[;\n}])\s*import\s*(?:[\w${},*\s]+?from\s*)?["']([^"']+\.js)["']/g)) {
      add(new URL(from, `http://x/${folder}`).pathname.slice(1))
    }
  }
  for (const [, path] of readFileSync(web + page, 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)) add(path)
  return [...seen].map(path => ({ path, gzip: gzip(path) })).sort((a, b) => b.gzip - a.gzip)
}

const report = Object.fromEntries(['index', 'console', 'gate', 'screen'].map(name => {
  const files = firstLoad(`${name}.html`)
  return [name === 'index' ? 'phone' : name, { gzip: files.reduce((sum, file) => sum + file.gzip, 0), files }]
}))
if (process.argv.includes('--json')) console.log(JSON.stringify(report))
else {
  for (const [surface, { gzip: total, files }] of Object.entries(report)) {
    console.log(`${surface.padEnd(8)} ${(total / 1000).toFixed(1).padStart(6)} kB gzip`)
    for (const file of files) console.log(`         ${(file.gzip / 1000).toFixed(1).padStart(6)}    ${file.path}`)
  }
}
if (report.phone.gzip > PHONE_LIMIT) {
  console.error(`The phone's first view weighs ${report.phone.gzip} bytes, more than ${PHONE_LIMIT}.`)
  process.exit(1)
}
