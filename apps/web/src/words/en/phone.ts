import type { Like } from '..';
import type zh from '../zh/phone';

const en: Like<typeof zh> = {
  title: 'Fairwind job fairs',
  tabs: { label: 'Main pages', home: 'Home', jobs: 'Jobs', live: 'Live', messages: 'Messages', me: 'Me' },
  live: { title: 'Live', emptyTitle: 'No broadcast yet today', emptyText: 'Employers appear here when they go live. Meanwhile, look at the jobs.', toJobs: 'See jobs' },
  messages: { title: 'Messages', emptyTitle: 'No messages yet', emptyText: 'You will hear when an employer answers or a fair is moved.' },
};
export default en;
