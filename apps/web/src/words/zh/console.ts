/** Words of the console, a file a section: `console.desk.…`, `console.employer.…`, `console.organiser.…`; common.ts lies at the top. */
import account from './console/account';
import common from './console/common';
import desk from './console/desk';
import employer from './console/employer';
import gateWork from './console/gate-work';
import interview from './console/interview';
import live from './console/live';
import organiser from './console/organiser';
import station from './console/station';

const zh = { ...common, account, organiser, desk, employer, gateWork, interview, live, station } as const;
export default zh;
