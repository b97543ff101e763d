import type { Request } from 'express';

interface Layer {
  route?: { methods: Record<string, boolean> };
  match(path: string): boolean;
}

/** The methods that routes take at this request's path, when none takes its own: then only the method is wrong (RFC 9110, 15.5.6). */
export function methodsOf(request: Request): string[] {
  const { stack } = (request.app as unknown as { router: { stack: Layer[] } }).router;
  const methods = new Set<string>();
  const path = request.originalUrl.split('?', 1)[0]; // the router has cut the prefix from `path` by now
  for (const layer of stack) {
    if (!layer.route || !matches(layer, path)) continue;
    for (const method of Object.keys(layer.route.methods)) if (method !== '_all') methods.add(method.toUpperCase());
  }
  if (methods.has('GET')) methods.add('HEAD');
  return methods.has(request.method) ? [] : [...methods].sort();
}

function matches(layer: Layer, path: string): boolean {
  try {
    return layer.match(path);
  } catch (error) {
    if (error instanceof URIError || (error as { status?: number }).status === 400) return false; // bad percent-encoding
    throw error;
  }
}
