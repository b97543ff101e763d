export { Issuing, type PassOrder } from './issuing.js';
export { Registration } from './registration.js';
export { makeTicketCode, type SigningPair, type TicketCodePayload } from './ticket-code.js';
export { TicketCodes, type ClaimedCode, type ReadCode } from './ticket-codes.js';
export { TicketKeys } from './ticket-keys.js';
export { TicketUses, type TicketUse } from './ticket-uses.js';
export { Tickets, type TicketFilter } from './tickets.js';
export { TicketsModule } from './tickets.module.js';
export { validityOf, type Validity } from './validity.rules.js';
