import { fitted, start, startHls } from '../../media/ladder';
import { NOMINAL, SOUND_OF_HLS, StepCosts } from './live-costs';

const single = { small: false, sound: true };
/** Ten seconds at so many bits a second. */
const seconds = (costs: StepCosts, ladder = start(0, 'auto'), bits = 8e5) => { for (let n = 1; n <= 10; n++) costs.count(ladder, n * 1000, bits); };

describe('what a minute costs', () => {
  it('is what our studio sends until it was measured', () => {
    const costs = new StepCosts();
    expect(costs.minute(start(0, 'auto'), undefined)).toEqual(NOMINAL);
    seconds(costs);
    expect(costs.minute(start(0, 'auto'), undefined)).toEqual({ ...NOMINAL, high: 6e6 });
    costs.follow('another picture');
    expect(costs.minute(start(0, 'auto'), undefined)).toEqual(NOMINAL);
  });

  it('of an encoder’s single picture is not known before it was measured, and it has no small one', () => {
    const costs = new StepCosts();
    const ladder = fitted(start(0, 'auto'), single, 'auto', 0);
    expect(costs.minute(ladder, undefined)).toEqual({ high: null, low: null, audio: NOMINAL.audio });
    seconds(costs, ladder, 4e6);
    expect(costs.minute(ladder, undefined)).toEqual({ high: 3e7, low: null, audio: NOMINAL.audio });
  });

  it('of HLS is what was fetched, and WebRTC beside it does not count', () => {
    const costs = new StepCosts();
    seconds(costs, startHls(0, 'auto'));
    expect(costs.minute(startHls(0, 'auto'), { picture: 7e6, sound: null })).toEqual({ high: 7e6, low: null, audio: SOUND_OF_HLS });
    expect(costs.minute(start(0, 'auto'), undefined)).toEqual(NOMINAL);
  });
});
