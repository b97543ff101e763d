import { Injectable, type OnModuleInit } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { allowKey } from './allow.js';

/** Refuses to boot with a route that nobody has decided about: each needs `@Allow`, on itself or on its controller. */
@Injectable()
export class AccessCheck implements OnModuleInit {
  constructor(private readonly discovery: DiscoveryService, private readonly scanner: MetadataScanner) {}

  /** Throws with the list of open routes. */
  onModuleInit(): void {
    const open = this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function' || Reflect.hasMetadata(allowKey, metatype)) return [];
      const prototype = metatype.prototype as Record<string, unknown>;
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
        const route = prototype[name];
        const isOpen = typeof route === 'function' && Reflect.hasMetadata(METHOD_METADATA, route) && !Reflect.hasMetadata(allowKey, route);
        return isOpen ? [`${metatype.name}.${name}`] : [];
      });
    });
    if (open.length > 0) throw new Error(`Say with @Allow who may call: ${open.join(', ')}`);
  }
}
