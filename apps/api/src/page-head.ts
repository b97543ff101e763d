import type { FirstView } from '#libs/contracts';
import { escapeText, type StructuredData } from './structured-data.js';

/** What a page says of itself before any script runs: to people it is shared with, and to search engines. */
export interface PageHead {
  title: string;
  description: string;
  /** Whole addresses. */
  url: string;
  image: string;
  data: StructuredData | null;
  /** What the page shows first, written into it (element `first`) so that it need not ask. */
  first?: FirstView;
}

const MARK = '<!--head-->';
const LONGEST_DESCRIPTION = 160;

/** JSON inside a script element: nothing in it can end the element, or begin a comment. */
const scriptJson = (data: StructuredData | FirstView): string =>
  JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_DESCRIPTION ? `${line.slice(0, LONGEST_DESCRIPTION - 1)}…` : line;
};

/**
 * @returns the page with its title and head filled in; what people wrote is text in it, whatever it contains
 * @param links elements of the head that are ours
 */
export function withHead(page: string, head: PageHead, links = ''): string {
  const [title, description, url, image] = [head.title, short(head.description), head.url, head.image].map(escapeText);
  const lines = [
    `<meta name="description" content="${description}">`,
    `<link rel="canonical" href="${url}">`,
    '<meta property="og:type" content="website">',
    '<meta property="og:site_name" content="春风">',
    '<meta property="og:locale" content="zh_CN">',
    `<meta property="og:title" content="${title}">`,
    `<meta property="og:description" content="${description}">`,
    `<meta property="og:url" content="${url}">`,
    `<meta property="og:image" content="${image}">`,
    '<meta name="twitter:card" content="summary_large_image">',
    ...(head.data ? [`<script type="application/ld+json">${scriptJson(head.data)}</script>`] : []),
    ...(head.first ? [`<script type="application/json" id="first">${scriptJson(head.first)}</script>`] : []),
    ...(links ? [links] : []),
  ];
  // Functions, because `$&` in a title means something to `replace`.
  return page.replace(/<title>[^<]*<\/title>/, () => `<title>${title}</title>`).replace(MARK, () => lines.join('\n'));
}

/** @returns the page without a head of its own; a missing thing is not to be found by search engines */
export const withoutHead = (page: string, missing: boolean): string => page.replace(MARK, () => (missing ? '<meta name="robots" content="noindex">' : ''));
