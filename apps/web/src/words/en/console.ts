import type { Like } from '..';
import type zh from '../zh/console';
import account from './console/account';
import common from './console/common';
import desk from './console/desk';
import employer from './console/employer';
import live from './console/live';
import organiser from './console/organiser';

const en: Like<typeof zh> = { ...common, account, organiser, desk, employer, live };
export default en;
