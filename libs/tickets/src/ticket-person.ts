import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Erasures, Exports } from '#libs/identity';
import { Tickets } from './tickets.js';

/** The tickets' part of a person's copy and of a person's deletion. */
@Injectable()
export class TicketPerson implements OnModuleInit {
  constructor(private readonly tickets: Tickets, private readonly exports: Exports, private readonly erasures: Erasures) {}

  onModuleInit(): void {
    this.exports.add('tickets', (accountId) => this.tickets.mine(accountId));
    this.erasures.add('tickets', (tx, accountId) => this.tickets.erase(tx, accountId));
  }
}
