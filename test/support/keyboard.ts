/** A page by keyboard alone: what Tab does not reach, and what does not show that it has the focus. */
import type { Page } from 'playwright-core';

// What runs inside the page is written as text: the server's types know no browser, and should not.
const look = `(one) => { const is = getComputedStyle(one); return [is.boxShadow, is.outlineStyle, is.outlineColor, is.borderColor, is.backgroundColor].join(); }`;
const mark = (within: string) => `(() => {
  const seen = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== 'hidden' && !one.closest('[aria-hidden=true],[inert]');
  const all = [...document.querySelectorAll(${JSON.stringify(within)} + ' :is(a[href],button:not(:disabled),input:not(:disabled),select:not(:disabled),textarea:not(:disabled),summary,[tabindex="0"])')]
    .filter((one) => one.tabIndex >= 0 && seen(one))
    // Of radio buttons with one name Tab takes one.
    .filter((one) => one.type !== 'radio' || one.checked || ![...document.getElementsByName(one.name)].some((other) => other.checked));
  window.tabStops = new Map(all.map((one) => [one, (${look})(one)]));
  window.tabFaults = [];
  document.activeElement?.blur?.();
  return all.length;
})()`;
const step = `(() => {
  const at = document.activeElement;
  if (!at || at === document.body) return 0;
  const before = window.tabStops.get(at);
  if (before !== undefined && before === (${look})(at)) window.tabFaults.push('no focus is shown: ' + at.outerHTML.slice(0, 140));
  window.tabStops.delete(at);
  return window.tabStops.size;
})()`;

/**
 * Goes through a page with Tab. @param within only what lies in it must be reached
 * @returns a line for each element that Tab never reaches, and for each that looks the same with the focus on it; one line when
 *   there is none at all
 */
export async function keyboardFaults(page: Page, within = 'body'): Promise<string[]> {
  const count = await page.evaluate<number>(mark(within));
  if (count === 0) return [`nothing in ${within} can be reached`];
  for (let n = 0, left = count; n < count * 2 + 40 && left > 0; n++) {
    await page.keyboard.press('Tab');
    left = await page.evaluate<number>(`(() => { const left = ${step}; return left === 0 && document.activeElement === document.body ? 1 : left; })()`);
  }
  return page.evaluate<string[]>(`[...window.tabFaults, ...[...window.tabStops.keys()].filter((one) => one.isConnected).map((one) => 'Tab does not reach: ' + one.outerHTML.slice(0, 140))]`);
}
