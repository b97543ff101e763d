/** Where new work goes. Pure: it sees numbers only. */

export interface Carrier {
  /** Consumers that it carries, or is sure to carry soon. */
  load: number;
}

/**
 * The router that takes a viewer who will watch `need` producers: the fullest that still has room, so that a room lies
 * on as few routers (and pipes) as it can; an empty one has room for whatever comes. Undefined: another is due.
 */
export function routerFor<T extends Carrier>(routers: Iterable<T>, need: number, limit: number): T | undefined {
  let best: T | undefined;
  for (const router of routers) {
    const fits = router.load === 0 || router.load + need <= limit;
    if (fits && (best === undefined || router.load > best.load)) best = router;
  }
  return best;
}

/** The least loaded; the first of equals. */
export function leastLoaded<T extends Carrier>(carriers: Iterable<T>): T | undefined {
  let best: T | undefined;
  for (const carrier of carriers) if (best === undefined || carrier.load < best.load) best = carrier;
  return best;
}
