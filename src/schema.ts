import 'reflect-metadata';
import { getTableColumns } from 'drizzle-orm';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { watched } from './access/watch.ts';
import { annotationShapes } from './annotations/annotation.edges.ts';
import { AnnotationResolver } from './annotations/annotation.resolver.ts';
import { caseShapes } from './cases/case.edges.ts';
import { CaseResolver } from './cases/case.resolver.ts';
import { identificationShapes } from './cases/identification.edges.ts';
import { IdentificationResolver } from './cases/identification.resolver.ts';
import { tagShapes } from './cases/tag.edges.ts';
import { TagResolver } from './cases/tag.resolver.ts';
import { venueShapes } from './cases/venue.edges.ts';
import { VenueResolver } from './cases/venue.resolver.ts';
import { chargeShapes } from './charges/charge.edges.ts';
import { ChargeResolver, ChargesResolver, VenueLevelResolver } from './charges/charge.resolver.ts';
import { clockShapes } from './clocks/clock.edges.ts';
import { ClockResolver, ClocksResolver } from './clocks/clock.resolver.ts';
import { ChargeLevelResolver } from './charges/level.resolver.ts';
import { relationShapes } from './charges/relation.edges.ts';
import { ChargeRelationResolver } from './charges/relation.resolver.ts';
import { feedShapes } from './clocks/feed.edges.ts';
import { FeedResolver } from './clocks/feed.resolver.ts';
import { coalitionShapes } from './coalition/coalition.edges.ts';
import { CoalitionResolver } from './coalition/coalition.resolver.ts';
import { decisionShapes } from './decisions/decision.edges.ts';
import { DecisionResolver, OutcomeResolver } from './decisions/decision.resolver.ts';
import { disputeShapes } from './decisions/dispute.edges.ts';
import { DisputeResolver } from './decisions/dispute.resolver.ts';
import { filingShapes } from './decisions/filing.edges.ts';
import { FilingResolver } from './decisions/filing.resolver.ts';
import { immunityShapes } from './decisions/immunity.edges.ts';
import { ImmunityResolver } from './decisions/immunity.resolver.ts';
import { noticeShapes } from './decisions/notice.edges.ts';
import { NoticeResolver } from './decisions/notice.resolver.ts';
import { cooperationShapes } from './demands/cooperation.edges.ts';
import { CooperationResolver } from './demands/cooperation.resolver.ts';
import { demandShapes } from './demands/demand.edges.ts';
import { DemandedEarlierResolver, DemandedElementResolver, DemandedGapResolver, DemandResolver } from './demands/demand.resolver.ts';
import { unwrapPlanned } from './database/lookahead.ts';
import { joinShapes, type Shapes } from './database/shape.ts';
import { shielded } from './door/shield.ts';
import { witnessed } from './door/witness.ts';
import { duplicateShapes } from './duplicates/duplicate.edges.ts';
import { DuplicateResolver, SameIncidentResolver } from './duplicates/duplicate.resolver.ts';
import { courtShapes } from './federal/court.edges.ts';
import { CourtResolver } from './federal/court.resolver.ts';
import { dispositionShapes } from './federal/disposition.edges.ts';
import { DispositionResolver } from './federal/disposition.resolver.ts';
import { immunityProceedingShapes } from './federal/immunity-proceeding.edges.ts';
import { ImmunityProceedingRecordResolver, ImmunityProceedingResolver } from './federal/immunity-proceeding.resolver.ts';
import { parallelShapes } from './federal/parallel.edges.ts';
import { ParallelRecordResolver, ParallelResolver } from './federal/parallel.resolver.ts';
import { removalShapes } from './federal/removal.edges.ts';
import { RemovalRecordResolver, RemovalResolver } from './federal/removal.resolver.ts';
import { renditionShapes } from './federal/rendition.edges.ts';
import { RenditionRecordResolver, RenditionResolver } from './federal/rendition.resolver.ts';
import { supersessionShapes } from './federal/supersession.edges.ts';
import { SupersessionRecordResolver, SupersessionResolver } from './federal/supersession.resolver.ts';
import { AuthorisationResolver } from './joint/authorisation.resolver.ts';
import { ContestResolver } from './joint/contest.resolver.ts';
import { jointShapes } from './joint/joint.edges.ts';
import { ResponsibilityResolver } from './joint/responsibility.resolver.ts';
import { TransferResolver } from './joint/transfer.resolver.ts';
import { lawShapes } from './law/statute.edges.ts';
import { StatuteResolver } from './law/statute.resolver.ts';
import { lawbookShapes } from './lawbook/attestation.edges.ts';
import { AttestationResolver } from './lawbook/attestation.resolver.ts';
import { PERMISSIONS } from './permissions.ts';
import { proofShapes } from './proof/proof.edges.ts';
import { EarlierElementResolver, ProofElementResolver, ProofResolver } from './proof/proof.resolver.ts';
import { UnassessedResolver } from './proof/unassessed.resolver.ts';
import { originalShapes } from './referrals/original.edges.ts';
import { OriginalHashResolver, OriginalResolver } from './referrals/original.resolver.ts';
import { packShapes } from './referrals/pack.edges.ts';
import { PackPreviewResolver, PackResolver, RequirementInForceResolver } from './referrals/pack.resolver.ts';
import { referralShapes } from './referrals/referral.edges.ts';
import { ReferralResolver, SubmissionItemResolver } from './referrals/referral.resolver.ts';
import { returnShapes } from './referrals/return.edges.ts';
import { AnswerResolver, ReturnResolver } from './referrals/return.resolver.ts';
import { ScorecardResolver } from './referrals/scorecard.resolver.ts';
import { supplementShapes } from './referrals/supplement.edges.ts';
import { CaseSupplementResolver, PersonSupplementResolver, RecordingSupplementResolver, ReferralSupplementResolver } from './referrals/supplement.resolver.ts';
import { StandingResolver } from './referrals/standing.resolver.ts';
import { ruleBookShapes } from './rulebooks/book.edges.ts';
import { OfficeRuleBookResolver, RuleBookResolver } from './rulebooks/book.resolver.ts';
import { explanationShapes } from './rulebooks/explanation.edges.ts';
import { CaseWithheldResolver, ExplanationResolver, WithheldResolver } from './rulebooks/explanation.resolver.ts';
import { PreviewedChangeResolver, PreviewedTestResolver, PreviewResolver } from './rulebooks/preview.resolver.ts';
import { CompartmentResolver } from './compartments/compartment.resolver.ts';
import { sealShapes } from './seals/seal.edges.ts';
import { SealResolver } from './seals/seal.resolver.ts';
import { CountResolver } from './statistics/count.resolver.ts';
import { accessShapes } from './trail/access.edges.ts';
import { AccessResolver } from './trail/access.resolver.ts';
import { trailShapes } from './trail/event.edges.ts';
import { VerificationResolver } from './trail/verification.resolver.ts';
import { GlassResolver } from './units/glass.resolver.ts';
import { RestrictionResolver } from './units/restriction.resolver.ts';
import { unitShapes } from './units/unit.edges.ts';
import { UnitResolver } from './units/unit.resolver.ts';
import { DeclarationResolver } from './walls/declaration.resolver.ts';
import { wallShapes } from './walls/wall.edges.ts';
import { WallResolver } from './walls/wall.resolver.ts';
import { waitingShapes } from './waiting/waiting.edges.ts';
import { WaitingResolver } from './waiting/waiting.resolver.ts';

/** Every concept's resolvers, by floor. */
const RESOLVERS: NonEmptyArray<new () => object> = [
  CoalitionResolver, StatuteResolver, VerificationResolver, AccessResolver, AttestationResolver, CaseResolver, TagResolver, VenueResolver, ClockResolver, ClocksResolver, IdentificationResolver, FeedResolver, ResponsibilityResolver,
  TransferResolver, ContestResolver, AuthorisationResolver, RuleBookResolver, OfficeRuleBookResolver, PreviewResolver, PreviewedChangeResolver, PreviewedTestResolver,
  ExplanationResolver, CaseWithheldResolver, WithheldResolver, WallResolver, DeclarationResolver, SealResolver, CompartmentResolver, UnitResolver,
  RestrictionResolver, GlassResolver, ReferralResolver, SubmissionItemResolver, PackResolver, RequirementInForceResolver, PackPreviewResolver, ReturnResolver, AnswerResolver,
  OriginalResolver, OriginalHashResolver, StandingResolver, ReferralSupplementResolver, CaseSupplementResolver,
  PersonSupplementResolver, RecordingSupplementResolver, ScorecardResolver, DuplicateResolver, SameIncidentResolver, AnnotationResolver, ChargeResolver, ChargeLevelResolver, ChargeRelationResolver, ChargesResolver, ProofResolver, UnassessedResolver, VenueLevelResolver, ProofElementResolver, EarlierElementResolver, OutcomeResolver, DecisionResolver, ImmunityResolver, NoticeResolver, FilingResolver, DisputeResolver,
  CourtResolver, RemovalResolver, RemovalRecordResolver, DispositionResolver, SupersessionResolver, SupersessionRecordResolver, ParallelResolver, ParallelRecordResolver, RenditionResolver, RenditionRecordResolver,
  ImmunityProceedingResolver, ImmunityProceedingRecordResolver,
  DemandResolver, DemandedElementResolver, DemandedEarlierResolver, DemandedGapResolver, CooperationResolver, WaitingResolver, CountResolver,
];

/** Every concept's shapes, by floor: an upper one adds its edges to a lower one's types. */
export const SHAPES: Shapes = watched(joinShapes([
  coalitionShapes, lawShapes, trailShapes, accessShapes, lawbookShapes, caseShapes, tagShapes, venueShapes, clockShapes, identificationShapes, feedShapes, jointShapes, ruleBookShapes, explanationShapes,
  wallShapes, sealShapes, unitShapes, referralShapes, packShapes, returnShapes, supplementShapes, originalShapes, duplicateShapes, annotationShapes, chargeShapes, relationShapes, proofShapes,
  decisionShapes, immunityShapes, noticeShapes, filingShapes, disputeShapes, courtShapes, removalShapes, dispositionShapes, supersessionShapes, parallelShapes, renditionShapes, immunityProceedingShapes, demandShapes, cooperationShapes, waitingShapes,
]));

/** The schema as it is published and printed, without the shield at its door. */
export function openSchema(): GraphQLSchema {
  const schema = buildSchemaSync({ resolvers: RESOLVERS, validate: false });
  unwrapPlanned(schema, SHAPES, (type) => Object.keys(getTableColumns(SHAPES[type]?.table ?? never(type))));
  return schema;
}

/** The schema that is served: with the shield at its door, and denials written down. */
export const servedSchema = (): GraphQLSchema => witnessed(shielded(openSchema(), PERMISSIONS));

function never(type: string): never {
  throw new Error(`${type} has no table`);
}
