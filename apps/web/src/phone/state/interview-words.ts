import { openWords } from '../../words';
import zh from '../../words/zh/interview';

let opened: Promise<void> | undefined;

/** Opens the words of interviews once; English is fetched if the reader wants it. */
export const openInterviewWords = (): Promise<void> => (opened ??= openWords('interview', zh, () => import('../../words/en/interview')));
