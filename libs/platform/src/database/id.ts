import { v7 } from 'uuid';

/** A new id: UUID version 7 (RFC 9562), so that later rows sort after earlier ones. */
export const newId = (): string => v7();
