import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { statement } from '../database/statement.ts';
import { notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Session } from './session.ts';
import { TrailVerification } from './verification.type.ts';

/** A whole trail takes longer to check than a request may otherwise take. */
const PATIENTLY = statement(`select set_config('statement_timeout', '60s', true)`);

@Resolver()
export class VerificationResolver {
  @Query(() => TrailVerification, { description: 'Checks that nothing in the trail of a case, or of all cases, was changed, removed, reordered or cut off.' })
  async verifyTrail(
    @Arg('caseId', () => ID, { nullable: true, description: 'One case; all cases, for the auditor, where it is left away.' }) caseId: string | null,
    @Ctx('session') session: Session,
  ): Promise<TrailVerification> {
    const id = caseId == null ? null : idOrNull(caseId);
    if (caseId != null && id === null) throw notFound();
    const { rows } = await session.askAs([PATIENTLY], statement('select comity.verify_trail($1::uuid)::text as found', [id]));
    const found = JSON.parse(String(rows[0]?.['found'])) as Omit<TrailVerification, 'intact'>;
    return { ...found, intact: found.faults.length === 0 };
  }
}
