import pino from 'pino';
import type { Purpose } from '../src/access/purposes.ts';
import { COALITION_ROLES, type Role } from '../src/access/seats.ts';
import type { LeaseOptions } from '../src/database/lease.ts';
import { developmentIssuer, type DevelopmentIssuer } from '../src/door/issuer.ts';
import { keysHeld } from '../src/door/keys.ts';
import { rates } from '../src/door/rates.ts';
import { DEVELOPMENT_TOKEN_LIFETIME, tokenVerifier } from '../src/door/tokens.ts';
import { namedId, newId } from '../src/kernel/ids.ts';
import { startServer, type RunningServer } from '../src/server.ts';
import { freshDatabase, type FreshDatabase } from './harness.ts';

/** The named cast: two states, three offices of which one is a guest, two agencies, and the coalition's own. All invented. */
export const CAST = {
  attorneyDallas: { name: 'Ada Attwell', role: 'ATTORNEY', office: 'dallas-tx' },
  secondDallas: { name: 'Sol Secondo', role: 'ATTORNEY', office: 'dallas-tx' },
  supervisorDallas: { name: 'Sue Visser', role: 'SUPERVISOR', office: 'dallas-tx' },
  electedDallas: { name: 'Ella Ectedson', role: 'ELECTED', office: 'dallas-tx' },
  intakeDallas: { name: 'Ina Takeda', role: 'INTAKE', office: 'dallas-tx' },
  investigatorDallas: { name: 'Inez Vesti', role: 'INVESTIGATOR', office: 'dallas-tx' },
  advocateDallas: { name: 'Avo Catell', role: 'ADVOCATE', office: 'dallas-tx' },
  conflictsDallas: { name: 'Con Flict', role: 'CONFLICTS', office: 'dallas-tx' },
  disclosureDallas: { name: 'Dis Closser', role: 'DISCLOSURE', office: 'dallas-tx' },
  recordsDallas: { name: 'Rec Ordway', role: 'RECORDS', office: 'dallas-tx' },
  attorneyHennepin: { name: 'Hanne Penn', role: 'ATTORNEY', office: 'hennepin-mn' },
  supervisorHennepin: { name: 'Henk Supper', role: 'SUPERVISOR', office: 'hennepin-mn' },
  attorneyCook: { name: 'Coco Cookson', role: 'ATTORNEY', office: 'cook-il' },
  chiefDallasPolice: { name: 'Sgt. Pia Dalles', role: 'SUPERVISOR', agency: 'DALLAS' },
  officerDallasPolice: { name: 'Ofc. Olly Beat', role: 'OFFICER', agency: 'DALLAS' },
  machineDallasPolice: { name: 'Dallas records system', role: 'CLIENT', agency: 'DALLAS' },
  chiefChicagoPolice: { name: 'Lt. Chi Kagoe', role: 'SUPERVISOR', agency: 'CHICAGO' },
  administrator: { name: 'Adm In', role: 'ADMINISTRATOR' },
  analyst: { name: 'Ana Lystrom', role: 'ANALYST' },
  auditor: { name: 'Aud Itor', role: 'AUDITOR' },
} as const satisfies Record<string, { name: string; role: Role; office?: string; agency?: 'DALLAS' | 'CHICAGO' }>;

export type CastMember = keyof typeof CAST;

/** The two agencies of the cast, by what the reference data call them. */
const AGENCIES = { DALLAS: { name: 'Dallas Police Department', state: 'TX' }, CHICAGO: { name: 'Chicago Police Department', state: 'IL' } } as const;

export interface Reply {
  readonly data?: Record<string, any> | null;
  readonly errors?: readonly { message: string; path?: readonly (string | number)[]; extensions: Record<string, any> }[];
}

export interface World {
  readonly database: FreshDatabase;
  readonly server: RunningServer;
  readonly issuer: DevelopmentIssuer;
  readonly memberIds: Readonly<Record<CastMember, string>>;
  readonly officeIds: Readonly<Record<'dallas-tx' | 'hennepin-mn' | 'cook-il', string>>;
  /** Speaks as one of the cast, to prepare a case unless told what for; null: without saying. */
  as(who: CastMember, errand?: { readonly purpose: Purpose | null }): Voice;
  /** A referral that every pack is content with; whatever is given replaces its part. */
  referral(changes?: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** Submits a referral and answers with the case's id and number. */
  buildCase(choice?: { readonly by?: CastMember; readonly referral?: Readonly<Record<string, unknown>>; readonly claimedBy?: CastMember }): Promise<BuiltCase>;
  close(): Promise<void>;
}

export interface BuiltCase {
  readonly id: string;
  readonly number: string;
  readonly referralId: string;
  readonly version: number;
  /** Ids of the persons in the order of the referral. */
  readonly personIds: readonly string[];
  readonly recordingIds: readonly string[];
}

export interface Voice {
  readonly memberId: string;
  token(): Promise<string>;
  /** The whole reply. */
  ask(document: string, variables?: Readonly<Record<string, unknown>>): Promise<Reply>;
  /** The data; throws with the errors where there are any. */
  get(document: string, variables?: Readonly<Record<string, unknown>>): Promise<Record<string, any>>;
  /** The code of the first error; throws where there is none. */
  refused(document: string, variables?: Readonly<Record<string, unknown>>): Promise<string>;
}

/** Opens a world of its own: a database (one that stands ready with reference data, or a fresh one), the cast, a server on a port of its own, real tokens. */
export async function openWorld(choice: { readonly observe?: LeaseOptions['observe']; readonly reference?: boolean; readonly database?: FreshDatabase; readonly feedKey?: string | null } = {}): Promise<World> {
  const database = choice.database ?? (await freshDatabase());
  const issuer = await developmentIssuer();
  const memberIds = await seatCast(database);
  const server = await startServer({
    database: { database: database.as('comity_app'), ...(choice.observe && { observe: choice.observe }) },
    verify: tokenVerifier({ issuer: issuer.issuer, audience: issuer.audience, algorithms: issuer.algorithms, keys: keysHeld(issuer.jwks), lifetime: DEVELOPMENT_TOKEN_LIFETIME }),
    log: pino({ level: 'silent' }),
    introspection: true,
    port: 0,
    ...(choice.feedKey !== null && { feedKey: choice.feedKey ?? 'a key of the cast, long enough to sign with' }),
    rates: rates({ PERSON: { burst: 1_000_000, seconds: 1 }, CLIENT: { burst: 1_000_000, seconds: 1 }, ANALYSIS: { burst: 1_000_000, seconds: 1 } }),
  });
  const tokens = new Map<CastMember, Promise<string>>();
  const as: World['as'] = (who, { purpose } = { purpose: 'CASE_PREPARATION' }) => {
    const token = () => {
      const minted = tokens.get(who) ?? issuer.mint({ subject: who });
      tokens.set(who, minted);
      return minted;
    };
    const ask: Voice['ask'] = async (query, variables = {}) => {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}`, ...(purpose !== null && { 'x-purpose': purpose }) },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Reply;
    };
    return {
      memberId: memberIds[who],
      token,
      ask,
      async get(document, variables) {
        const { data, errors } = await ask(document, variables);
        if (errors || !data) throw new Error(`${who} was refused: ${JSON.stringify(errors)}`);
        return data;
      },
      async refused(document, variables) {
        const { data, errors } = await ask(document, variables);
        if (!errors?.[0]) throw new Error(`${who} was not refused: ${JSON.stringify(data)}`);
        return String(errors[0].extensions['code']);
      },
    };
  };

  let made = 0;
  const world: World = {
    database, server, issuer, memberIds, as,
    officeIds: { 'dallas-tx': namedId('jurisdiction', 'dallas-tx'), 'hennepin-mn': namedId('jurisdiction', 'hennepin-mn'), 'cook-il': namedId('jurisdiction', 'cook-il') },
    referral: (changes = {}) => ({ ...completeReferral(`R-${(made += 1).toString().padStart(6, '0')}`), ...changes }),
    async buildCase({ by = 'chiefDallasPolice', referral = {}, claimedBy } = {}) {
      const { submitReferral: sent } = await as(by).get(
        'mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { outcome problems { code path } referral { id } } }',
        { input: { idempotencyKey: newId(), referral: world.referral(referral) } },
      );
      if (sent.outcome !== 'RECEIVED') throw new Error(`the referral was refused: ${JSON.stringify(sent.problems)}`);
      const [row] = await database.owner`
        select c.id, c.number, c.version,
          (select array_agg(p.id::text order by p.position) from comity.persons p where p.case_id = c.id) as people,
          (select array_agg(r.id::text order by r.position) from comity.recordings r where r.case_id = c.id) as recordings
          from comity.cases c join comity.case_referrals l on l.case_id = c.id where l.referral_id = ${sent.referral.id}`;
      let version = Number(row?.['version']);
      if (claimedBy) {
        const { claimCase } = await as(claimedBy).get(
          'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { version } } }', { input: { caseId: row?.['id'], expectedVersion: version } },
        );
        version = claimCase.case.version;
      }
      return { id: row?.['id'], number: row?.['number'], referralId: sent.referral.id, version, personIds: row?.['people'] ?? [], recordingIds: row?.['recordings'] ?? [] };
    },
    async close() {
      await server.stop();
      await database.close();
    },
  };
  return world;
}

async function seatCast({ owner }: FreshDatabase): Promise<Record<CastMember, string>> {
  const ids = {} as Record<CastMember, string>;
  for (const [subject, { name, role, ...seat }] of Object.entries(CAST) as [CastMember, { name: string; role: Role; office?: string; agency?: keyof typeof AGENCIES }][]) {
    const id = newId();
    ids[subject] = id;
    const agency = seat.agency && AGENCIES[seat.agency];
    await owner`insert into comity.members (id, subject, name, kind, role, office_id, agency_id) values (${id}, ${subject}, ${name}, ${role === 'CLIENT' ? 'MACHINE' : 'PERSON'}, ${role},
      ${seat.office ? owner`(select id from comity.jurisdictions where slug = ${seat.office})` : null}, ${agency ? owner`(select id from comity.agencies where name = ${agency.name} and state = ${agency.state})` : null})`;
    if (!seat.office && !agency && !(COALITION_ROLES as readonly Role[]).includes(role)) throw new Error(`${subject} has no seat`);
  }
  return ids;
}

/** A referral by Dallas police that lacks nothing: a named victim with contact, an unidentified official, a camera, a signature. */
export const completeReferral = (reportNumber: string) => ({
  reportNumber,
  kind: 'FORCE',
  incident: { occurredOn: '2026-03-14', occurredAt: '2026-03-14T20:15:00-05:00', countyFips: '48113', place: '100 Example Street, Dallas', latitude: 32.78, longitude: -96.8 },
  narrative: 'During an enforcement action an official pushed a bystander to the ground and held him there.',
  allegedOffences: ['Tex. Penal Code § 22.01'],
  allegedLevel: 'MISDEMEANOR',
  anyoneInjured: true,
  supervisorIdentification: { outcome: 'REFUSED', recordedOnCamera: true, note: 'Asked twice.' },
  emergencyMedical: { summoned: true, summonedAt: '2026-03-14T20:18:00-05:00', arrivedAt: '2026-03-14T20:26:00-05:00', aidRendered: true },
  preservation: { preservedBy: 'Sgt. Pia Dalles', preservedAt: '2026-03-14T21:00:00-05:00' },
  recordings: [{ kind: 'BODY_CAMERA', holder: 'Dallas Police Department', device: 'BWC-1', sha256: 'a'.repeat(64), capturedFrom: '2026-03-14T20:10:00-05:00', capturedTo: '2026-03-14T20:40:00-05:00' }],
  persons: [
    { part: 'OFFICIAL', descriptors: 'Tall, grey jacket, face covered', plate: 'INV 0001', markings: 'POLICE' },
    { part: 'VICTIM', name: 'Vic Timson', injured: true, injury: 'Bruised shoulder', contact: { phone: '555-0100', address: '1 Invented Lane' } },
    { part: 'WITNESS', name: 'Wit Nessler', contact: { email: 'wit@example.invalid', disclosureRefused: true } },
  ],
  provenance: { decidedBy: 'Sgt. Pia Dalles', consulted: ['Department counsel'] },
  signature: { signedBy: 'Sgt. Pia Dalles', badge: '4711', signedAt: '2026-03-15T09:00:00-05:00' },
});
