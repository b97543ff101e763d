import type { Like } from '..';
import type zh from '../zh/screen';

const en: Like<typeof zh> = {
  title: 'Fairwind wall',
};
export default en;
