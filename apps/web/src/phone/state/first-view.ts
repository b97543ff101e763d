import type { FairSummary, FirstView } from '#libs/contracts';
import { inject, type InjectionKey } from 'vue';
import { fairOfTheDay } from './fair-phase';

/** What the first page was served with; null where it was served without. */
export const FIRST_VIEW: InjectionKey<FirstView | null> = Symbol('first view');
export const useFirstView = (): FirstView | null => inject(FIRST_VIEW, null);

/** What the server wrote into this page (`<script id="first">`); null where it wrote nothing or it is not ours. */
export function servedView(): FirstView | null {
  const text = document.getElementById('first')?.textContent;
  if (!text) return null;
  try {
    return JSON.parse(text) as FirstView;
  } catch (error) {
    console.warn('The first view is not readable:', error); // it is asked for as anywhere else
    return null;
  }
}

/** The fair that a first view is about. */
export const fairOf = ({ at, fairs }: Pick<FirstView, 'at' | 'fairs'>): FairSummary | null => fairOfTheDay(fairs.items, Date.parse(at)) ?? null;
