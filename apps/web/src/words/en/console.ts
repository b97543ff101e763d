import type { Like } from '..';
import type zh from '../zh/console';
import account from './console/account';
import common from './console/common';
import desk from './console/desk';
import employer from './console/employer';
import gateWork from './console/gate-work';
import interview from './console/interview';
import live from './console/live';
import organiser from './console/organiser';
import station from './console/station';

const en: Like<typeof zh> = { ...common, account, organiser, desk, employer, gateWork, interview, live, station };
export default en;
