import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { CASE_OUTCOMES, DECISION_STATES, DECISION_WARNINGS, OUTCOMES, REASON_CODES, REASONS, type DecisionState, type DecisionWarningCode, type Outcome, type ReasonCode } from './decision.rules.ts';
import { ImmunityAnalysis } from './immunity.type.ts';

export const Outcomes = enumOf(OUTCOMES);
export const CaseOutcomes = enumOf(CASE_OUTCOMES);
export const ReasonCodes = enumOf(REASON_CODES);
export const DecisionStates = enumOf(DECISION_STATES);
export const DecisionWarningCodes = enumOf(Object.keys(DECISION_WARNINGS) as DecisionWarningCode[]);

const OF_OUTCOME = {
  CHARGE: { description: 'To be charged.' },
  HOLD: { description: 'Not decided for good: something is awaited.' },
  DECLINE: { description: 'Not to be charged.' },
  REFER_OUT: { description: 'For another office to decide.' },
  DIVERT: { description: 'To be dealt with outside of court.' },
} as const;

registerEnumType(Outcomes, { name: 'DecisionOutcome', description: 'What is to be done about a charge.', valuesConfig: OF_OUTCOME });
registerEnumType(CaseOutcomes, {
  name: 'CaseOutcome', description: 'What is decided on a case: on all of its live charges.', valuesConfig: { ...OF_OUTCOME, MIXED: { description: 'Not the same on all of its charges.' } },
});
registerEnumType(ReasonCodes, {
  name: 'DecisionReasonCode', description: 'A reason of a decision.',
  valuesConfig: Object.fromEntries(Object.entries(REASONS).map(([code, outcomes]) => [code, { description: `For ${outcomes.join(', ')}.` }])),
});
registerEnumType(DecisionStates, {
  name: 'DecisionState', description: 'Where a decision stands.',
  valuesConfig: {
    PROPOSED: { description: 'It waits for another person.' },
    STANDING: { description: 'It is approved, and holds.' },
    SUPERSEDED: { description: 'It held until another took its place.' },
    REJECTED: { description: 'Another person did not approve it.' },
    WITHDRAWN: { description: 'Who proposed it took it back.' },
  },
});

registerEnumType(DecisionWarningCodes, {
  name: 'DecisionWarningCode', description: 'What whoever decides must know. A warning never blocks.',
  valuesConfig: Object.fromEntries(Object.entries(DECISION_WARNINGS).map(([code, description]) => [code, { description }])),
});

@ObjectType({ description: 'What whoever decides must know. It never blocks.' })
export class DecisionWarning {
  @Field(() => DecisionWarningCodes, { description: 'For machines.' })
  code!: DecisionWarningCode;

  @Field(() => String, { description: 'For people, with its citation.' })
  message!: string;
}

@ObjectType({ description: 'Why something is decided, in words. Open to the offices that handle the case, not by a rule book.' })
export class DecisionGrounds {
  @Field(() => String, { description: 'Why, by the evidence.' })
  evidential!: string;

  @Field(() => String, { description: 'Why, by the public interest.' })
  publicInterest!: string;

  @Field(() => String, { nullable: true, description: 'Why a person who is or may be a federal officer is charged without an immunity analysis.' })
  overrideReason!: string | null;

  @Field(() => ImmunityAnalysis, { nullable: true, description: 'Of CHARGE: the immunity analysis on which its approval rests, the newest that was reviewed by then; null where there was none, or it is not approved.' })
  immunityAnalysis!: ImmunityAnalysis | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected.' })
  answer!: string | null;
}

@ObjectType({ description: 'What one person proposed to do about a charge, and what another said to it.' })
export class Decision {
  @Field(() => ID, { description: 'To answer it, or to supersede it.' })
  id!: string;

  @Field(() => Outcomes, { description: 'What is to be done.' })
  outcome!: Outcome;

  @Field(() => [ReasonCodes], { description: 'The reasons.' })
  reasonCodes!: ReasonCode[];

  @Field(() => String, { nullable: true, description: 'The reason as it may be told outside.' })
  shareableReason!: string | null;

  @Field(() => DecisionGrounds, { nullable: true, description: 'The reasons in words; null where they are closed to you.' })
  grounds!: DecisionGrounds | null;

  @Field(() => [DecisionWarning], { description: 'What whoever proposes or approves it must know, of what you may see: of CHARGE, that by the newest analysis the person is likely immune. What was analysed after it was answered tells nothing of it.' })
  warnings!: DecisionWarning[];

  @Field(() => DecisionStates, { description: 'Where it stands.' })
  state!: DecisionState;

  @Field(() => ID, { nullable: true, description: 'The decision in whose place it is put; null where none stood.' })
  supersedes!: string | null;

  @Field(() => Member, { description: 'Who proposed it.' })
  proposedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  proposedAt!: string;

  @Field(() => Member, { nullable: true, description: 'Who approved, rejected or withdrew it; null while it waits.' })
  answeredBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  answeredAt!: string | null;

  @Field(() => Member, { nullable: true, description: 'The elected head who answers for charging without an immunity analysis.' })
  overriddenBy!: Member | null;
}
