/** True where a page is written by the server (src/phone/server.ts): it asks nothing, keeps nothing and has no clock of its own. */
export const onServer = typeof document === 'undefined';
