import {
  getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType, isRequiredInputField, type GraphQLInputField, type GraphQLInputObjectType, type GraphQLInputType,
} from 'graphql';
import { LIMITS } from './wellformed.ts';

type Json = Readonly<Record<string, unknown>>;

const DEGREES = { latitude: { minimum: -90, maximum: 90 }, longitude: { minimum: -180, maximum: 180 } } as const;
const LINE = { minLength: 1, maxLength: LIMITS.line } as const;
const COUNTY = { pattern: '^[0-9]{5}$' } as const;

/** What wellformed.ts asks of single fields beyond their types. */
const BOUNDS: Readonly<Record<string, Json>> = {
  'ReferralInput.reportNumber': { minLength: 1, maxLength: LIMITS.reportNumber },
  'ReferralInput.narrative': { maxLength: LIMITS.narrative },
  'ReferralInput.persons': { maxItems: LIMITS.persons },
  'ReferralInput.recordings': { maxItems: LIMITS.recordings },
  'ReferralInput.allegedOffences': { maxItems: LIMITS.offences },
  'IncidentInput.place': LINE,
  'IncidentInput.countyFips': COUNTY,
  'IncidentInput.latitude': DEGREES.latitude,
  'IncidentInput.longitude': DEGREES.longitude,
  'IncidentInput.furtherPlaces': { maxItems: LIMITS.places },
  'FurtherPlaceInput.place': LINE,
  'FurtherPlaceInput.countyFips': COUNTY,
  'FurtherPlaceInput.latitude': DEGREES.latitude,
  'FurtherPlaceInput.longitude': DEGREES.longitude,
  'RecordingInput.holder': LINE,
  'RecordingInput.sha256': { pattern: '^[0-9A-Fa-f]{64}$' },
  'SignatureInput.signedBy': LINE,
};

const SCALARS: Readonly<Record<string, Json>> = {
  String: { type: 'string', maxLength: LIMITS.text }, ID: { type: 'string' }, Boolean: { type: 'boolean' }, Int: { type: 'integer' }, Float: { type: 'number' },
  Date: { type: 'string', format: 'date' }, DateTime: { type: 'string', format: 'date-time' },
};

/**
 * The JSON Schema of a referral, out of the input that the API takes. What fits it is well formed; the API, which knows counties,
 * packs and the day, may refuse more.
 */
export function jsonSchemaOf(type: GraphQLInputObjectType): Json {
  const defs = new Map<string, Json>();
  const root = objectOf(type, defs);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'referral.schema.json',
    title: 'Referral',
    ...root,
    description: `${type.description ?? ''} One line of an NDJSON file for \`comity import\` is one of these. What a member of the public tells is no referral, and is not taken.`,
    $defs: Object.fromEntries([...defs].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function objectOf(type: GraphQLInputObjectType, defs: Map<string, Json>): Json {
  const fields = Object.values(type.getFields());
  return {
    ...(type.description != null && { description: type.description }),
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, propertyOf(type, field, defs)])),
    required: fields.filter(isRequiredInputField).map(({ name }) => name),
    additionalProperties: false,
  };
}

function propertyOf(owner: GraphQLInputObjectType, { name, type, description }: GraphQLInputField, defs: Map<string, Json>): Json {
  const made = { ...schemaOf(type, defs), ...BOUNDS[`${owner.name}.${name}`] };
  return { ...(description != null && { description }), ...(isNonNullType(type) ? made : orNull(made)) };
}

function schemaOf(type: GraphQLInputType, defs: Map<string, Json>): Json {
  const plain = getNullableType(type);
  if (isListType(plain)) return { type: 'array', items: schemaOf(plain.ofType, defs) };
  if (isEnumType(plain)) return { enum: plain.getValues().map((value) => value.name) };
  if (isInputObjectType(plain)) {
    const name = plain.name.replace(/Input$/, '');
    if (!defs.has(name)) {
      defs.set(name, {});
      defs.set(name, objectOf(plain, defs));
    }
    return { $ref: `#/$defs/${name}` };
  }
  const scalar = 'name' in plain ? SCALARS[plain.name] : undefined;
  if (scalar === undefined) throw new Error(`there is no JSON for ${String(plain)}`);
  return scalar;
}

/** The same where nothing may stand too. */
function orNull(schema: Json): Json {
  if ('$ref' in schema) return { anyOf: [schema, { type: 'null' }] };
  if (Array.isArray(schema['enum'])) return { ...schema, enum: [...schema['enum'], null] };
  return { ...schema, type: [schema['type'], 'null'] };
}
