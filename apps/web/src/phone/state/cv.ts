import { t } from '../../words';

/** Bytes; the server's own limit for files. */
const LIMIT = 10 * 1024 * 1024;
const kinds = ['application/pdf', 'image/jpeg', 'image/png', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'];
/** For the file picker. */
export const CV_ACCEPT = [...kinds, '.pdf', '.jpg', '.jpeg', '.png', '.docx'].join(',');

/** What is wrong with a chosen file before a byte is sent, in words; empty when nothing is. The server reads the bytes itself. */
export function cvProblem(file: Pick<File, 'name' | 'size' | 'type'>): string {
  if (file.size === 0) return t('phone.profile.cvEmpty');
  if (file.size > LIMIT) return t('phone.profile.cvTooLarge', { size: (file.size / 1e6).toFixed(1) });
  if (!kinds.includes(file.type) && !/\.(pdf|jpe?g|png|docx)$/i.test(file.name)) return t('phone.profile.cvKind');
  return '';
}
