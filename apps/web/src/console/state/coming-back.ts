/** A station's clerk brings back who missed a call. */
import type { QueuePlace, StationPerson } from '#libs/contracts';
import { api } from '../../net/api';
import { localTime } from '../../net/live';
import { say, t } from '../../words';
import { useActing, type Acting } from './acting';
import { told } from './told';

export interface ComingBack extends Pick<Acting, 'doing' | 'problem'> {
  /** Called next, if the place is still kept. */
  comeBack(personId: string, placeId: string): Promise<boolean>;
}

/** @param done with the person as they stand now  @param refused after a refusal, to look at what is so now */
export function useComingBack(done: (person: StationPerson) => void, refused: () => void): ComingBack {
  const { doing, problem, act } = useActing(refused);
  return {
    doing, problem,
    comeBack: (personId, placeId) => act(placeId, async () => {
      done(await api('POST /station/people/:personId/queue-places/:placeId/return', { params: { personId, placeId } }));
      told(t('console.station.person.returned'));
    }),
  };
}

/** Until when a missed place is kept, as a clock says it. */
export const keptUntil = ({ until }: Pick<QueuePlace, 'until'>): string => say.clock(until && localTime(until));
