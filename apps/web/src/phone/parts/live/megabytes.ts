/** Bytes as people are told them: MB of a million bytes, one digit behind the point while it says something. */
export const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 9.95e6 ? 1 : 0);
