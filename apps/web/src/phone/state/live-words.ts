import { openWords } from '../../words';
import zh from '../../words/zh/live';

let opened: Promise<void> | undefined;

/** Opens the words of live pages once; English is fetched if the reader wants it. */
export const openLiveWords = (): Promise<void> => (opened ??= openWords('live', zh, () => import('../../words/en/live')));
