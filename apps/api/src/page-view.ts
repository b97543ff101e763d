import type { ViewChoice } from '#libs/contracts';

/** A page as it is served: what stands in it, in which form, and the styles that it is first painted with. */
export interface ServedView {
  /** HTML of the page's own making: what people wrote is text in it already. */
  content: string;
  choice: ViewChoice;
  /** The style sheets that the page names, by their address. */
  styles: ReadonlyMap<string, string>;
}

const PLACE = '<div id="app"></div>';
const SHEET = /<link rel="stylesheet"[^>]*? href="([^"]+)"[^>]*>/g;

/**
 * Writes a view into its page, so that it is painted before any script or style sheet has come: on a weak line each of them
 * waits half a second. The sheets stand in the page itself; their links stay, switched off, for the scripts that look for
 * them before they load one.
 */
export function withView(page: string, { content, choice, styles }: ServedView): string {
  const [language, size] = [choice.language === 'zh' ? 'zh-CN' : 'en', choice.largeText ? 'large' : 'normal'];
  return page
    .replace(SHEET, (link, address: string) => {
      const sheet = styles.get(address);
      return sheet === undefined ? link : `${link.slice(0, -1)} disabled>\n<style>${sheet}</style>`;
    })
    .replace('<html lang="zh-CN"', `<html lang="${language}"${choice.largeText ? ' data-text="large"' : ''}`)
    .replace(PLACE, () => `<div id="app" data-served="${choice.language} ${size}">${content}</div>`);
}

/** The page's language and text size as the browser remembers them (apps/web/src/net/remember.ts); an address may ask for a language. */
export function choiceOf(cookies: string | undefined, asked: unknown): ViewChoice {
  const kept = (name: string) => new RegExp(`(?:^|; *)${name}=(\\w+)`).exec(cookies ?? '')?.[1];
  return { language: (asked ?? kept('fw-language')) === 'en' ? 'en' : 'zh', largeText: kept('fw-text') === 'large' };
}
