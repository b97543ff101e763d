import type { Like } from '../..';
import type zh from '../../zh/console/account';

const account: Like<typeof zh> = {
  title: 'My account', link: { title: 'One-time link' },
};
export default account;
