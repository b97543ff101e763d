/** Who of a station's people is called or in an interview now. Pure. */
import type { Instant, InterviewStatus, StationPerson } from '#libs/contracts';

export interface StationCall {
  personId: string; name: string; interviewId: string; status: Extract<InterviewStatus, 'called' | 'running'>;
  organisationName: string; boothNumber: string; job: string;
  /** A call holds until then; null: not known, or it runs. */
  until: Instant | null;
}

/** Who was called first comes first; what runs already stands after them. */
export function callsOf(people: readonly StationPerson[]): StationCall[] {
  const calls = people.flatMap(person => person.interviews.flatMap<StationCall>(({ id, status, organisationName }) => {
    if (status !== 'called' && status !== 'running') return [];
    const place = person.places.find(one => one.interviewId === id);
    const slot = person.bookings.find(one => one.interviewId === id)?.slot;
    return [{ personId: person.id, name: person.name, interviewId: id, status, organisationName, boothNumber: place?.boothNumber ?? slot?.boothNumber ?? '', job: place?.job?.title ?? slot?.job?.title ?? '', until: status === 'called' ? place?.until ?? null : null }];
  }));
  return calls.sort((a, b) => Number(a.status === 'running') - Number(b.status === 'running') || (a.until ?? '').localeCompare(b.until ?? ''));
}
