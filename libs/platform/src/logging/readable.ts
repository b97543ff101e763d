const NAMES: Record<number, string> = { 20: 'debug', 30: 'info', 40: 'WARN', 50: 'ERROR', 60: 'FATAL' };
const HIDDEN = new Set(['level', 'time', 'msg', 'part', 'err']);

interface Line {
  level: number;
  time: string;
  msg: string;
  part?: string;
  err?: { message?: string; stack?: string };
  [fact: string]: unknown;
}

/** A line of the log for somebody who sits before it; programs get JSON. */
export function readable(json: string): string {
  const line = JSON.parse(json) as Line;
  const facts = Object.entries(line).filter(([name]) => !HIDDEN.has(name)).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const head = [line.time.slice(11, 19), NAMES[line.level] ?? '', line.part, line.msg, ...facts].filter(Boolean).join('  ');
  return `${head}\n${line.err ? `${line.err.stack ?? line.err.message ?? ''}\n` : ''}`;
}
