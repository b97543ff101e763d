import type { Story } from './story.js';

/** What the api starts its own PostgreSQL with: a server that is killed proves nothing of a power cut, these settings do. */
export const durable: Story = {
  name: "the api's own PostgreSQL writes what it acknowledges to the disk first",
  async tell({ servers }) {
    const rows = await servers.query<{ name: string; setting: string }>("SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')");
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({ fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' });
  },
};
