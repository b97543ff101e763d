import { createHash } from 'node:crypto';

/** The server keeps a prepared statement on each connection: lists of every length must not fill it. */
const MOST = 1_000;

/**
 * Names statements, so that PostgreSQL parses and plans each of them once a connection. A statement is named the second
 * time that it is seen, until there are a thousand; the rest stay unnamed (`''`).
 */
export function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  const seen = new Set<string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (!seen.has(sql)) {
      if (seen.size >= MOST) seen.clear();
      seen.add(sql);
      return '';
    }
    if (names.size >= MOST) return '';
    const name = `fw_${createHash('sha256').update(sql).digest('hex').slice(0, 32)}`;
    names.set(sql, name);
    return name;
  };
}
