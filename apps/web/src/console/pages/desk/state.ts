import type { AnyEnvelope, Fair } from '#libs/contracts';
import { inject, provide, type InjectionKey, type Ref } from 'vue';
import { useSnapshot, type Newest } from '../../../net/snapshot';
import { provideFair, type FairAtHand } from '../../state/fair';

export interface DeskAtHand extends Newest<'desk'> {
  fairId: string;
  atHand: FairAtHand;
}
const KEY: InjectionKey<DeskAtHand> = Symbol('desk');

/** The fair of the desk and its newest picture, for the frame and the pages in it: pushed, never polled. */
export function provideDesk(fairId: string): DeskAtHand {
  const desk: DeskAtHand = { fairId, atHand: provideFair(fairId), ...useSnapshot('desk', () => fairId) };
  provide(KEY, desk);
  return desk;
}

/** For the pages below DeskFrame, which shows them once the fair is there. */
export function useDesk(): Newest<'desk'> & { fairId: string; fair: Ref<Fair>; onEvent(heard: (event: AnyEnvelope) => void): void } {
  const desk = inject(KEY);
  if (!desk) throw new Error('useDesk belongs below DeskFrame.');
  return { ...desk, fair: desk.atHand.load.data as Ref<Fair>, onEvent: desk.atHand.onEvent };
}

/** A zone or the venue by the name that its people use: “C 电子信息”. */
export const zoneName = ({ letter, name }: { letter: string; name: string }): string => [letter, name].filter(Boolean).join(' ');
