import { tellStories } from './support/tell.js';

describe('one process, embedded PostgreSQL', () => tellStories('one'));
