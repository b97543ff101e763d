import { Injectable } from '@nestjs/common';

export interface HealthState {
  ok: boolean;
  /** It works, but not whole: shown and measured. A process is not taken out of service for it, since the others have it too. */
  degraded?: boolean;
  /** For the operator; nothing secret. */
  detail?: string;
}

/** What must work before this process is ready: the parts register themselves. `/readyz` answers with it. */
@Injectable()
export class Health {
  private readonly checks = new Map<string, () => Promise<HealthState>>();

  /** Adds a check. A check that throws, or takes more than 2 s, counts as not ok. The same name again replaces it. */
  register(name: string, check: () => Promise<HealthState>): void {
    this.checks.set(name, check);
  }

  /** Asks all of them at once. */
  async state(): Promise<{ ok: boolean; checks: Record<string, HealthState> }> {
    const entries = await Promise.all(
      [...this.checks].map(async ([name, check]) => [name, await this.ask(check)] as const),
    );
    return { ok: entries.every(([, state]) => state.ok), checks: Object.fromEntries(entries) };
  }

  private async ask(check: () => Promise<HealthState>): Promise<HealthState> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<HealthState>((resolve) => {
      timer = setTimeout(() => resolve({ ok: false, detail: 'no answer within 2 s' }), 2_000);
    });
    try {
      return await Promise.race([check(), late]);
    } catch (error) {
      return { ok: false, detail: error instanceof Error ? error.message : String(error) };
    } finally {
      clearTimeout(timer);
    }
  }
}
