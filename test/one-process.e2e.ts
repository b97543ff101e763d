import { apiKilled } from './scenarios/api-killed.scenario.js';
import { busyHallKilled } from './scenarios/busy-hall-killed.scenario.js';
import { durable } from './scenarios/durable.scenario.js';
import { stories } from './scenarios/index.js';
import { postgresRevived } from './scenarios/postgres-revived.scenario.js';
import { long } from './support/runs.js';
import { tellStories } from './support/tell.js';

const killings = [apiKilled, busyHallKilled];
/** In `npm test` a few deaths, the simplest ones. */
const onItsOwn = [durable, apiKilled, ...(long ? [busyHallKilled] : []), postgresRevived];

describe('one process, a database on the embedded PostgreSQL of all tests', () => tellStories('one', { list: stories.filter((story) => !killings.includes(story)) }));

// How it dies and comes back is told where it starts and owns its PostgreSQL, as with a person who has set nothing;
describe('one process that owns its embedded PostgreSQL', () => tellStories('one', { list: onItsOwn, database: 'own', slow: true }));

// and on the other database that one process may stand on.
(long ? describe : describe.skip)('one process, PostgreSQL 15', () => tellStories('one', { list: killings, database: 'debian' }));
