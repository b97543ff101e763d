import { apiKilled } from './scenarios/api-killed.scenario.js';
import { busyHallKilled } from './scenarios/busy-hall-killed.scenario.js';
import { long } from './support/runs.js';
import { tellStories } from './support/tell.js';

describe('one process, embedded PostgreSQL', () => tellStories('one'));

// The other database that one process may stand on: what is told of it is how it dies and comes back.
(long ? describe : describe.skip)('one process, PostgreSQL 15', () => tellStories('one', { list: [apiKilled, busyHallKilled], database: 'debian' }));
