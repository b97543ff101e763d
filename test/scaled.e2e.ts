import { tellStories } from './support/tell.js';

describe('two api processes, PostgreSQL 15 and Redis', () => tellStories('scaled'));
