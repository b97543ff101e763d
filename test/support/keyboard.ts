/** A page by keyboard alone: what Tab does not reach, and what does not show that it has the focus. */
import type { Locator, Page } from 'playwright-core';

// What runs inside the page is written as text: the server's types know no browser, and should not.
// A box that is drawn by its label or by what stands beside it shows the focus there.
const look = `(one) => [one, ...(/^(radio|checkbox)$/.test(one.type) ? [one.closest('label'), one.nextElementSibling] : [])].filter(Boolean)
  .map((each) => { const is = getComputedStyle(each); return [is.boxShadow, is.outlineStyle, is.outlineColor, is.borderColor, is.backgroundColor].join(); }).join('|')`;
const mark = (within: string) => `(() => {
  document.activeElement?.blur?.(); // what has the focus now would look as if it never showed it
  const seen = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== 'hidden' && !one.closest('[aria-hidden=true],[inert]');
  const all = [...document.querySelectorAll(${JSON.stringify(within)} + ' :is(a[href],button:not(:disabled),input:not(:disabled),select:not(:disabled),textarea:not(:disabled),summary,[tabindex="0"])')]
    .filter((one) => one.tabIndex >= 0 && seen(one))
    // Of radio buttons with one name Tab takes one.
    .filter((one) => one.type !== 'radio' || one.checked || ![...document.getElementsByName(one.name)].some((other) => other.checked));
  window.tabStops = new Map(all.map((one) => [one, (${look})(one)]));
  window.tabFaults = [];
  return all.length;
})()`;
const step = `(() => {
  const at = document.activeElement;
  if (!at || at === document.body) return 0;
  const before = window.tabStops.get(at);
  if (before !== undefined && before === (${look})(at)) window.tabFaults.push('no focus is shown: ' + at.outerHTML.slice(0, 140));
  window.tabStops.delete(at);
  // Of radio buttons that nobody has chosen one of, Tab takes one.
  if (at.type === 'radio') for (const other of document.getElementsByName(at.name)) window.tabStops.delete(other);
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

// What has the focus, as a screen reader calls it, or its text.
const standing = `(() => {
  const at = document.activeElement;
  if (!at || at === document.body) return '';
  const label = at.getAttribute('aria-label') ?? (at.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join('') ?? '';
  return (label || at.labels?.[0]?.textContent || at.textContent || at.value || at.tagName).trim().replace(/\\s+/g, ' ').slice(0, 60);
})()`;

/** What has the focus, as it is called; empty: nothing has it, which is where a keyboard begins anew at the top of the page. */
export const focused = (page: Page): Promise<string> => page.evaluate<string>(standing);

/**
 * Presses Tab until `aim` has the focus. @returns what was passed on the way, in order
 * @throws when it is not reached within `most` steps: the line names the way
 */
export async function tabTo(page: Page, aim: Locator, most = 90): Promise<string[]> {
  const way: string[] = [];
  for (let n = 0; n < most; n++) {
    if ((await aim.and(page.locator(':focus')).count()) > 0) return way.slice(0, -1);
    await page.keyboard.press('Tab');
    way.push(await focused(page));
  }
  throw new Error(`Tab does not reach ${String(aim)} in ${most} steps: ${way.join(' > ')}`);
}

/** Reaches `aim` by Tab and presses `key` there. */
export async function press(page: Page, aim: Locator, key = 'Enter'): Promise<void> {
  await aim.waitFor();
  await tabTo(page, aim);
  await page.keyboard.press(key);
}

/** After something that had the focus went away: the next Tab goes on from there, not from the top of the page. */
export async function goesOn(page: Page): Promise<void> {
  await page.keyboard.press('Tab');
  const next = await focused(page);
  if (next === '' || next === '跳到内容') throw new Error(`A keyboard begins anew at the top of the page: “${next}”`);
}

/** Waits until a screen reader has been told `text`: it stands in a live region. */
export async function toldAloud(page: Page, text: string | RegExp): Promise<void> {
  await page.locator('[role=status],[role=alert],[role=alertdialog],[role=log],[role=timer],[aria-live]').filter({ hasText: text }).first().waitFor({ state: 'attached' });
}
