import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { IncidentKinds } from '../cases/case.type.ts';
import type { IncidentKind } from '../cases/lifecycle.ts';
import { Agency, Member } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import type { Severity } from '../law/directive.table.ts';
import { OffenceLevels } from '../law/limitation.type.ts';
import type { OffenceLevel } from '../law/statute.table.ts';
import { PACK_STATES, READINESS_CHECKS, type PackState, type ReadinessCheck, type ReadinessPackRow } from './pack.table.ts';
import { Severities } from './referral.type.ts';

export const ReadinessPackStates = enumOf(PACK_STATES);
export const ReadinessChecks = enumOf(READINESS_CHECKS);

registerEnumType(ReadinessPackStates, {
  name: 'ReadinessPackState',
  description: 'Where a readiness pack stands.',
  valuesConfig: {
    DRAFT: { description: 'Being written; its own agency alone, or the administrators, see it.' },
    PROPOSED: { description: 'Fixed, waiting for a second person. What the coalition proposes every agency sees.' },
    IN_FORCE: { description: 'Adopted: it judges incidents from its first day until the next version’s.' },
    SUPERSEDED: { description: 'Replaced for all of its days. What was received under it stays received.' },
    WITHDRAWN: { description: 'Given up before it was adopted.' },
  },
});
registerEnumType(ReadinessChecks, {
  name: 'ReadinessCheck',
  description: 'What a requirement looks for in a referral.',
  valuesConfig: {
    NARRATIVE: { description: 'A narrative.' },
    PLACE_AND_TIME: { description: 'The place, and the instant beside the day.' },
    SIGNATURE: { description: 'A sworn supervisor’s signature; an attestation stands for it in an import.' },
    PROVENANCE: { description: 'Who decided to refer, and who was consulted.' },
    ELECTED_OFFICIAL: { description: 'What part an elected official had in it, said either way.' },
    BODY_CAMERA: { description: 'A body-camera recording.' },
    RECORDINGS_REGISTERED: { description: 'At least one recording, each with device, begin and hash.' },
    SUPERVISOR_IDENTIFICATION: { description: 'An attempt to identify the supervisory officer. A refusal, an absence or danger is complete once documented; NOT_ATTEMPTED is not.' },
    CREDENTIAL_CHECK: { description: 'The check of credentials, or its refusal, on camera.' },
    EMERGENCY_MEDICAL: { description: 'Emergency medical services summoned, and aid rendered.' },
    EVIDENCE_PRESERVED: { description: 'Who preserved the evidence.' },
    OFFENCE_LEVEL: { description: 'How grave the offence is taken to be.' },
    OFFENCE_CITED: { description: 'An offence that is alleged.' },
    VICTIM_CONTACT: { description: 'A victim, and how to reach one.' },
    WITNESS: { description: 'A witness.' },
    BY_HAND: { description: 'What no field can show: put before the reader each time, never an error.' },
  },
});

@ObjectType({ description: 'One thing that a referral must show, where it is as the conditions say. An empty list and null mean any.' })
export class ReadinessRequirement {
  @Field(() => String, { description: 'Its name in camel case. Where two packs ask under one name, the stricter speaks.' })
  key!: string;

  @Field(() => ReadinessChecks, { description: 'What is looked for.' })
  looksFor!: ReadinessCheck;

  @Field(() => String, { description: 'What is asked, in words for the officer.' })
  asks!: string;

  @Field(() => String, { description: 'What to do where it is wanting.' })
  remedy!: string;

  @Field(() => Severities, { description: 'What a gap does to the referral.' })
  severity!: Severity;

  @Field(() => [IncidentKinds], { description: 'Asked of these kinds.' })
  kinds!: IncidentKind[];

  @Field(() => [OffenceLevels], { description: 'Asked where one of these levels is alleged.' })
  levels!: OffenceLevel[];

  @Field(() => Boolean, { nullable: true, description: 'Asked where anyone was injured, or where nobody was.' })
  anyoneInjured!: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Asked where a person was a minor, or where nobody was.' })
  minorInvolved!: boolean | null;

  @Field(() => String, { description: 'Its legal ground.' })
  basis!: string;
}

@ObjectType({ description: 'What a referral must show under one directive, in one version.' })
export class ReadinessPack implements Pick<
  ReadinessPackRow,
  'id' | 'slug' | 'version' | 'state' | 'title' | 'issuedBy' | 'basis' | 'validFrom' | 'revision' | 'draftedAt' | 'proposedAt' | 'adoptedAt' | 'endedAt'
> {
  @Field(() => ID, { description: 'The pack.' })
  id!: string;

  @Field(() => Agency, { nullable: true, description: 'Whose referrals it judges; null: every agency’s.' })
  agency!: Agency | null;

  @Field(() => String, { description: 'What obliges the agency, the same in all versions.' })
  slug!: string;

  @Field(() => Int, { description: '0: as the reference data have it; from 1 in the order of drafting.' })
  version!: number;

  @Field(() => ReadinessPackStates, { description: 'Where it stands.' })
  state!: PackState;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => String, { description: 'Who issued what it rests on.' })
  issuedBy!: string;

  @Field(() => String, { description: 'Its ground, with its source.' })
  basis!: string;

  @Field(() => GraphQLDate, { description: 'The first incident date it judges.' })
  validFrom!: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'The last one, where a later version is in force.' })
  validUntil!: string | null;

  @Field(() => Int, { description: 'Pass it as expectedRevision to change or propose a draft.' })
  revision!: number;

  @Field(() => Member, { nullable: true, description: 'Who drafted it; null: the reference data.' })
  draftedBy!: Member | null;

  @Field(() => DateTime, { description: 'When it was first drafted.' })
  draftedAt!: string;

  @Field(() => Member, { nullable: true, description: 'Who proposed it.' })
  proposedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  proposedAt!: string | null;

  @Field(() => Member, { nullable: true, description: 'Who adopted it, never the proposer.' })
  adoptedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  adoptedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was replaced or withdrawn.' })
  endedAt!: string | null;

  @Field(() => [ReadinessRequirement], { description: 'What it asks, in its order.' })
  requirements!: ReadinessRequirement[];
}

export const ReadinessPackConnection = connectionOf('ReadinessPack', () => ReadinessPack, 'A page of readiness packs, newest first.');
