import { Attendance, Leases, rebuildAttendance, Scans, Uploads } from '#libs/attendance';
import { testHall, type TestFair, type TestHall } from './hall.js';
import type { GateServer } from './offline-gate.js';

/**
 * One hall for all tests of a spec, and the server that its gates without a network speak to. Call it once, at the top.
 * @param made takes both before the first test
 */
export function offlineHall(made: (both: { hall: TestHall; server: GateServer }) => void) {
  let hall: TestHall;
  const part = <T>(type: new (...parts: never[]) => T): T => hall.module.get<T>(type, { strict: false });
  beforeAll(async () => {
    hall = await testHall();
    made({ hall, server: { scans: part(Scans), uploads: part(Uploads), leases: part(Leases) } });
  });
  afterAll(() => hall.close());
  return {
    part,
    /** Inside and held of each zone: the venue, A, B. */
    numbers: async (fair: TestFair) => (await part(Attendance).zoneStatuses(fair.id)).map(({ inside, held = 0 }) => [inside, held]),
    /** The log gives the same numbers, byte for byte. */
    agrees: async (fair: TestFair) => {
      const { found, made: again, differences } = await rebuildAttendance(hall.database, fair.id);
      expect(differences).toEqual([]);
      expect(found).toBe(again);
    },
    /** So long that two records have not the same time. */
    pause: () => new Promise((resolve) => setTimeout(resolve, 3)),
  };
}
