import 'reflect-metadata';
import { getTableColumns } from 'drizzle-orm';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { annotationShapes } from './annotations/annotation.edges.ts';
import { AnnotationResolver } from './annotations/annotation.resolver.ts';
import { caseShapes } from './cases/case.edges.ts';
import { CaseResolver } from './cases/case.resolver.ts';
import { chargeShapes } from './charges/charge.edges.ts';
import { ChargeResolver } from './charges/charge.resolver.ts';
import { coalitionShapes } from './coalition/coalition.edges.ts';
import { CoalitionResolver } from './coalition/coalition.resolver.ts';
import { unwrapPlanned } from './database/lookahead.ts';
import { joinShapes, type Shapes } from './database/shape.ts';
import { shielded } from './door/shield.ts';
import { lawShapes } from './law/statute.edges.ts';
import { StatuteResolver } from './law/statute.resolver.ts';
import { PERMISSIONS } from './permissions.ts';
import { referralShapes } from './referrals/referral.edges.ts';
import { ReferralResolver, SubmissionItemResolver } from './referrals/referral.resolver.ts';
import { CountResolver } from './statistics/count.resolver.ts';
import { trailShapes } from './trail/event.edges.ts';
import { VerificationResolver } from './trail/verification.resolver.ts';

/** Every concept's resolvers, by floor. */
const RESOLVERS: NonEmptyArray<new () => object> = [CoalitionResolver, StatuteResolver, VerificationResolver, CaseResolver, ReferralResolver, SubmissionItemResolver, AnnotationResolver, ChargeResolver, CountResolver];

/** Every concept's shapes, by floor: an upper one adds its edges to a lower one's types. */
export const SHAPES: Shapes = joinShapes([coalitionShapes, lawShapes, trailShapes, caseShapes, referralShapes, annotationShapes, chargeShapes]);

/** The schema as it is published and printed, without the shield at its door. */
export function openSchema(): GraphQLSchema {
  const schema = buildSchemaSync({ resolvers: RESOLVERS, validate: false });
  unwrapPlanned(schema, SHAPES, (type) => Object.keys(getTableColumns(SHAPES[type]?.table ?? never(type))));
  return schema;
}

/** The schema that is served. */
export const servedSchema = (): GraphQLSchema => shielded(openSchema(), PERMISSIONS);

function never(type: string): never {
  throw new Error(`${type} has no table`);
}
