import type { Like } from '..';
import type zh from '../zh/gate';

const en: Like<typeof zh> = {
  title: 'Fairwind gate',
};
export default en;
