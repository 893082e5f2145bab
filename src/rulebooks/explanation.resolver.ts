import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Session } from '../trail/session.ts';
import { actsOf, facetsOf } from './explanation.rules.ts';
import { ruleOf, type Rule } from './explanation.sentences.ts';
import { explained, factsOf, reasonOf } from './explanation.store.ts';
import { AccessExplanation, Layers, Withheld } from './explanation.type.ts';

@Resolver()
export class ExplanationResolver {
  @Query(() => AccessExplanation, {
    description: 'Why you see what you see of a case, and what you may do there. Of another member: for heads and conflicts officers of the office that leads it, and for heads about their own people.',
  })
  async explainAccess(
    @Arg('caseId', () => ID, { description: 'The case.' }) caseId: string,
    @Arg('memberId', () => ID, { nullable: true, description: 'Whose access; your own, unless told. A seat in an office or of the coalition: police agencies see no case.' }) memberId: string | null,
    @Ctx('session') session: Session,
  ): Promise<AccessExplanation> {
    const [subject, member] = [idOrNull(caseId), memberId == null ? null : idOrNull(memberId)];
    // What is no id at all is nobody's: the database judges first whether the case is there to be asked about.
    const facts = factsOf(await session.askAs([], explained(subject ?? NOBODY, memberId == null ? null : (member ?? NOBODY))));
    const facets = facetsOf(facts);
    return { member: facts.member, case: facts.case, facets, acts: actsOf(facts, facets) };
  }
}

@Resolver(() => Case)
export class CaseWithheldResolver {
  @FieldResolver(() => [Withheld], {
    description: 'What of it is closed to you by your seat, by law or by the rules of the office that leads it: REPORT, PERSONS, VICTIM_CONTACT, CHARGES, EVIDENCE, PROCEEDINGS and HISTORY. What is closed otherwise is not told: it is not here, and is as if there were none.',
  })
  withheld(): object {
    return planned();
  }
}

@Resolver(() => Withheld)
export class WithheldResolver {
  @FieldResolver(() => Layers, { description: 'The first layer that closes it: SEAT, LAW or RULE.' })
  layer(@Root() withheld: Withheld): Rule['layer'] {
    return closing(withheld).layer;
  }

  @FieldResolver(() => String, { description: 'The rule in a sentence.' })
  rule(@Root() withheld: Withheld): string {
    return closing(withheld).rule;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The law, where it is one and its place is known.' })
  citation(@Root() withheld: Withheld): string | null {
    return closing(withheld).citation;
  }
}

/** An id that no row has. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

const closing = (withheld: Withheld): Rule => ruleOf(reasonOf(withheld), false, { self: true, office: null });
