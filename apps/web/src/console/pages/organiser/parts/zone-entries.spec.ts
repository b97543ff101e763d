import type { Zone } from '#libs/contracts';
import { entriesOf, inputsOf, mergedZones } from './zone-entries';

const zone = (more: Partial<Zone> = {}): Zone => ({ id: 'a', fairId: 'fair', parentId: 'venue', letter: 'A', name: '东', approvedNumber: 300, x: 20, y: 20, width: 300, height: 200, ...more }) as Zone;

describe('zones that two change at once', () => {
  const typed = (more: object) => entriesOf([zone()]).map(one => ({ ...one, ...more }));
  const inputs = (more: object, now: Zone[]) => inputsOf(mergedZones(entriesOf([zone()]), typed(more), entriesOf(now)));
  it('keep the number that a colleague has set while I gave a name and a place', () => {
    expect(inputs({ name: '东厅', x: 40 }, [zone({ approvedNumber: 200, width: 400 })])).toEqual([{ id: 'a', letter: 'A', name: '东厅', approvedNumber: 200, x: 40, y: 20, width: 400, height: 200 }]);
    expect(mergedZones(entriesOf([zone()]), typed({ name: '东厅' }), entriesOf([zone({ width: 400 })]))[0]).toMatchObject({ across: '40', down: '20' });
  });
  it('keep my number where both have set one', () => {
    expect(inputs({ approved: '250' }, [zone({ approvedNumber: 200 })])[0].approvedNumber).toBe(250);
  });
  it('make a new one of what I changed and they removed', () => {
    expect(inputs({ name: '东厅' }, [])).toEqual([{ letter: 'A', name: '东厅', approvedNumber: 300, x: 20, y: 20, width: 300, height: 200 }]);
  });
});
