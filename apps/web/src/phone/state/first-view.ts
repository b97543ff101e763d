import type { FirstView } from '#libs/contracts';

/** What the server wrote into this page (`<script id="first">`), with its age; undefined where it wrote nothing or it is not ours. */
export function firstView(): { at: number; data: FirstView['fairs'] } | undefined {
  const text = document.getElementById('first')?.textContent;
  if (!text) return undefined;
  try {
    const { at, fairs } = JSON.parse(text) as FirstView;
    return { at: Date.parse(at), data: fairs };
  } catch (error) {
    console.warn('The first view is not readable:', error); // it is asked for as anywhere else
    return undefined;
  }
}
