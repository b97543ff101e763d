import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Log, PROJECT_ROOT } from '#libs/platform';

/** Where the built pages are; a spec gives its own. */
export const WEB_FOLDER = Symbol('the folder of the built pages');
export const builtPages = path.join(PROJECT_ROOT, 'dist', 'web');

/** What was compressed when the pages were built, the best first. */
const ENCODINGS = [['br', '.br'], ['gzip', '.gz']] as const;
/** Vite puts a hash of the content into these names: they never change. */
const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/;
const SCRIPT = /^\/assets\/.+-[\w-]{8}\.(?:js|css)$/;
/** A worker that a browser kept would keep an old product alive. */
const TYPES: Record<string, string> = { '.webmanifest': 'application/manifest+json', '.wasm': 'application/wasm' };

/** Vite's manifest: what each source or chunk became, and what it imports. */
type Manifest = Record<string, { file: string; css?: string[]; imports?: string[] } | undefined>;

/** The files of these and of all that they import. */
function needed(manifest: Manifest, names: readonly string[]): Set<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const add = (name: string): void => {
    const built = manifest[name];
    if (seen.has(name) || !built) return;
    seen.add(name);
    for (const file of [built.file, ...(built.css ?? [])]) files.add(`/${file}`);
    built.imports?.forEach(add);
  };
  names.forEach(add);
  return files;
}

const linkTo = (file: string): string =>
  (file.endsWith('.css') ? `<link rel="preload" as="style" crossorigin href="${file}">` : `<link rel="modulepreload" crossorigin href="${file}">`);

/** The files that Vite built. They are listed once: nothing outside that list can be asked for. */
@Injectable()
export class WebFiles {
  private readonly files = new Set<string>();
  private readonly pages = new Map<string, string>();
  private readonly scripts = new Map<string, Buffer>();
  private readonly linked = new Map<string, string>();
  private readonly sheets = new Map<string, ReadonlyMap<string, string>>();

  constructor(
    @Inject(WEB_FOLDER) private readonly folder: string,
    log: Log,
  ) {
    if (existsSync(folder)) this.list('');
    else log.warn({ folder }, 'The pages are not built: only the API is served. `npm run build` builds them');
  }

  /** One of the HTML files, whole; null: the pages are not built. */
  page(name: string): string | null {
    return this.pages.get(`/${name}`) ?? null;
  }

  /** The style sheets that a page names, by their address. */
  styles(name: string): ReadonlyMap<string, string> {
    let sheets = this.sheets.get(name);
    if (!sheets) {
      const named = [...(this.page(name) ?? '').matchAll(/href="(\/[^"]+\.css)"/g)].map(([, address]) => address!);
      sheets = new Map(named.filter((address) => this.files.has(address)).map((address) => [address, readFileSync(path.join(this.folder, address), 'utf8')]));
      this.sheets.set(name, sheets);
    }
    return sheets;
  }

  /**
   * What the lazy parts that are made of these sources need beyond the page's own files, as links for its head: a page that is
   * sure to open them need not wait until its script has asked. Empty without Vite's manifest.
   */
  links(name: string, sources: readonly string[]): string {
    const key = [name, ...sources].join();
    let made = this.linked.get(key);
    if (made === undefined) {
      const manifest = this.manifest();
      const own = needed(manifest, [name]);
      made = [...needed(manifest, sources)].filter((file) => !own.has(file) && this.files.has(file)).map(linkTo).join('\n');
      this.linked.set(key, made);
    }
    return made;
  }

  private manifest(): Manifest {
    const file = path.join(this.folder, '.vite', 'manifest.json');
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : {};
  }

  /** Sends a file that is no page, in the smallest form that the client takes. @returns whether there is such a file */
  send(request: Request, response: Response, name: string): boolean {
    if (!this.files.has(name)) return false;
    response.vary('Accept-Encoding');
    response.type(TYPES[path.extname(name)] ?? path.extname(name));
    response.setHeader('Cache-Control', HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache');
    const [encoding, suffix] = this.encodingFor(request, name);
    if (encoding) response.setHeader('Content-Encoding', encoding);
    if (SCRIPT.test(name)) response.setHeader('Content-Length', this.script(name + suffix).length).end(this.script(name + suffix));
    else response.sendFile(name + suffix, { root: this.folder, cacheControl: false });
    return true;
  }

  /** One that never changes is read once: a page asks for twenty in one moment, and ten people for two hundred. */
  private script(name: string): Buffer {
    let content = this.scripts.get(name);
    if (!content) this.scripts.set(name, content = readFileSync(path.join(this.folder, name)));
    return content;
  }

  private encodingFor(request: Request, name: string): readonly [string | null, string] {
    const there = ENCODINGS.filter(([, suffix]) => this.files.has(name + suffix));
    const wanted = there.length > 0 && request.acceptsEncodings(...there.map(([encoding]) => encoding));
    return there.find(([encoding]) => encoding === wanted) ?? [null, ''];
  }

  private list(folder: string): void {
    for (const entry of readdirSync(path.join(this.folder, folder), { withFileTypes: true })) {
      const name = `${folder}/${entry.name}`;
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) this.list(name);
      else if (folder === '' && entry.name.endsWith('.html')) this.pages.set(name, readFileSync(path.join(this.folder, name), 'utf8'));
      else this.files.add(name);
    }
  }
}
