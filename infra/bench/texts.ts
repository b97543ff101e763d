/** Text messages that nobody sends here: without FAIRWIND_SMS_URL they stand in the server's log (libs/platform/src/notify/sms-log.ts). */

/** How the log names a phone, which must not stand there whole. @param phone eleven digits */
const masked = (phone: string): string => `"+86${phone.slice(0, 3)}****${phone.slice(-4)}"`;

/** Lines of the log that hold a text to this phone, the oldest first. @param since the first line to look at */
export const textsTo = (phone: string, lines: readonly string[], since = 0): string[] => lines.slice(since).filter((line) => line.includes(masked(phone)));

/** The newest code that was sent to this phone: its whole sentence is asked for, since other six digits may stand in a line. */
export function codeFor(phone: string, lines: readonly string[], since = 0): string | undefined {
  const codes = textsTo(phone, lines, since).map((line) => /验证码 (\d{6})，5 分钟内有效。|Your code is (\d{6})\. It is good for 5 minutes\./.exec(line));
  const last = codes.findLast(Boolean);
  return last?.[1] ?? last?.[2];
}
