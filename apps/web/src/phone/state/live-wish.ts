/** What was last chosen by hand of a picture and its data, on this phone, for the next broadcast or replay. */
import { wishes, type Wish } from '../../media/ladder';
import { remember, remembered } from '../../net/remember';

const KEPT_AS = 'fw-live-quality';

export const keptWish = (): Wish => wishes.find(one => one === remembered(KEPT_AS)) ?? 'auto';
export const keepWish = (wish: Wish): void => remember(KEPT_AS, wish);
