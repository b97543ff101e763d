import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import type { Role } from '#libs/contracts';
import { allowKey } from '#libs/identity';

export interface ServedRoute {
  /** As in the contracts: `GET /fairs/:fairId`. */
  name: string;
  roles: readonly Role[];
  where: string;
}

type Class = abstract new (...args: never[]) => unknown;
interface Dynamic { module: Class; imports?: unknown[]; controllers?: Class[] }

/** Every route that a module serves, read from the decorators alone: nothing is started. */
export function servedRoutes(module: Class): ServedRoute[] {
  const controllers = new Set<Class>();
  const seen = new Set<unknown>();
  const walk = (entry: unknown): void => {
    if (!entry || seen.has(entry)) return;
    seen.add(entry);
    const dynamic = typeof entry === 'object' && 'module' in entry ? (entry as Dynamic) : null;
    const target = (dynamic?.module ?? (entry as { forwardRef?: () => unknown }).forwardRef?.() ?? entry) as Class;
    for (const controller of [...(dynamic?.controllers ?? []), ...(Reflect.getMetadata('controllers', target) as Class[] ?? [])]) controllers.add(controller);
    for (const next of [...(dynamic?.imports ?? []), ...(Reflect.getMetadata('imports', target) as unknown[] ?? [])]) walk(next);
  };
  walk(module);
  return [...controllers].flatMap(routesOf).sort((a, b) => a.name.localeCompare(b.name));
}

function routesOf(controller: Class): ServedRoute[] {
  const bases = [Reflect.getMetadata('path', controller) as string | string[]].flat();
  const own = Object.getOwnPropertyNames(controller.prototype).filter((name) => name !== 'constructor');
  return own.flatMap((name) => {
    const handler = (controller.prototype as Record<string, unknown>)[name];
    if (typeof handler !== 'function') return [];
    const method = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const roles = (Reflect.getMetadata(allowKey, handler) ?? Reflect.getMetadata(allowKey, controller) ?? []) as Role[];
    const paths = [Reflect.getMetadata('path', handler) as string | string[]].flat();
    return bases.flatMap((base) => paths.map((path) => ({
      name: `${RequestMethod[method]} /${[base, path].map((part) => part.replace(/^\/+|\/+$/g, '')).filter(Boolean).join('/')}`,
      roles, where: `${controller.name}.${name}`,
    })));
  });
}
