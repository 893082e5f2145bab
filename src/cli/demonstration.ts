import type { GraphQLSchema } from 'graphql';
import { graphql } from 'graphql';
import type { Actor, Role } from '../access/seats.ts';
import { accounts } from '../access/accounts.ts';
import type { Database } from '../database/address.ts';
import { leasePool } from '../database/lease.ts';
import { byResponseKey, LookAhead } from '../database/lookahead.ts';
import { commandClient } from '../database/migrate.ts';
import { newId } from '../kernel/ids.ts';
import { openSchema, SHAPES } from '../schema.ts';
import { Session } from '../trail/session.ts';
import { arrange, type Play } from './demonstration.arrangements.ts';
import { prosecute } from './demonstration.prosecution.ts';
import { referralsOfDemonstration } from './demonstration.referrals.ts';

/** Someone of the demonstration. All are invented; no real person is meant. */
export interface Persona {
  readonly subject: string;
  readonly name: string;
  readonly role: Role;
  readonly office?: string;
  /** The agency's ORI. */
  readonly agency?: string;
  /** What the persona is there for, in a line. */
  readonly job: string;
}

export const PERSONAS: readonly Persona[] = [
  { subject: 'dallas.attorney', name: 'Ada Attwell', role: 'ATTORNEY', office: 'dallas-tx', job: 'attorney, Dallas County' },
  { subject: 'dallas.supervisor', name: 'Sue Visser', role: 'SUPERVISOR', office: 'dallas-tx', job: 'supervisor, Dallas County' },
  { subject: 'dallas.elected', name: 'Elle Ector', role: 'ELECTED', office: 'dallas-tx', job: 'elected prosecutor, Dallas County' },
  { subject: 'dallas.deputy', name: 'Rex Cuse', role: 'ATTORNEY', office: 'dallas-tx', job: 'a second attorney, Dallas County' },
  { subject: 'dallas.conflicts', name: 'Connie Flichtner', role: 'CONFLICTS', office: 'dallas-tx', job: 'conflicts officer, Dallas County' },
  { subject: 'hennepin.attorney', name: 'Hanne Penn', role: 'ATTORNEY', office: 'hennepin-mn', job: 'attorney, Hennepin County' },
  { subject: 'hennepin.supervisor', name: 'Henk Supper', role: 'SUPERVISOR', office: 'hennepin-mn', job: 'supervisor, Hennepin County' },
  { subject: 'hennepin.elected', name: 'Ed Lechter', role: 'ELECTED', office: 'hennepin-mn', job: 'elected prosecutor, Hennepin County' },
  { subject: 'dallas.police', name: 'Sgt. Pia Dalles', role: 'SUPERVISOR', agency: 'TXDPD0000', job: 'police supervisor, Dallas' },
  { subject: 'dallas.records', name: 'Dallas records system', role: 'CLIENT', agency: 'TXDPD0000', job: 'police records system, Dallas' },
  { subject: 'minneapolis.police', name: 'Lt. Min Neapols', role: 'SUPERVISOR', agency: 'MN0271100', job: 'police supervisor, Minneapolis' },
  { subject: 'analyst', name: 'Ana Lystrom', role: 'ANALYST', job: 'analyst of the coalition' },
  { subject: 'administrator', name: 'Adm Minnow', role: 'ADMINISTRATOR', job: 'administrator of the coalition' },
  { subject: 'auditor', name: 'Aud Itor', role: 'AUDITOR', job: 'auditor of the trail' },
];

/** True where a database holds members, and so is not for a demonstration to fill. */
export async function isPeopled(migrator: Database): Promise<boolean> {
  const sql = commandClient(migrator);
  try {
    const [row] = await sql`select exists (select 1 from comity.members) as peopled`;
    return row?.['peopled'] === true;
  } finally {
    await sql.end();
  }
}

/**
 * Fills an empty database with a coalition of invented people, referrals and arrangements, by the same acts as its users. Throws where
 * the database has members.
 */
export async function demonstrate({ app, migrator }: { app: Database; migrator: Database }): Promise<{ members: number; referrals: number }> {
  if (await isPeopled(migrator)) throw new Error('This database has members already: a demonstration fills only an empty one.');
  await seat(migrator);
  const pool = leasePool({ database: app, size: 2 });
  try {
    const stage = new Stage(openSchema(), accounts(pool), (actor) => new Session(actor, pool, new LookAhead(SHAPES)));
    const sent = referralsOfDemonstration(new Date());
    for (const { by, referrals } of sent) {
      for (let start = 0; start < referrals.length; start += 50) {
        const { submitReferrals } = await stage.play(by, SUBMIT, { input: { referrals: referrals.slice(start, start + 50).map((referral) => ({ idempotencyKey: newId(), referral })) } });
        if ((submitReferrals as { refused: number }).refused > 0) throw new Error(`a referral of the demonstration was refused: ${JSON.stringify(submitReferrals)}`);
      }
    }
    for (const who of ['dallas.attorney', 'hennepin.attorney']) await workQueue(stage, who);
    const play: Play = (who, document, input) => stage.play(who, document, { input });
    await arrange(play);
    await prosecute(play);
    return { members: PERSONAS.length, referrals: sent.reduce((sum, { referrals }) => sum + referrals.length, 0) };
  } finally {
    await pool.close();
  }
}

const SUBMIT = 'mutation ($input: SubmitReferralsInput!) { submitReferrals(input: $input) { refused items { problems { code path severity } } } }';
const QUEUE = 'query { cases(filter: {stages: [UNCLAIMED]}, first: 24) { nodes { id version state persons { id part } } } }';
const CLAIM = 'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { id persons { id part } } } }';

/** Claims half of what waits, so that a newcomer finds both. */
async function workQueue(stage: Stage, who: string): Promise<void> {
  const { cases } = (await stage.play(who, QUEUE, {})) as { cases: { nodes: { id: string; version: number }[] } };
  for (const { id, version } of cases.nodes.filter((_, index) => index % 2 === 0)) {
    await stage.play(who, CLAIM, { input: { caseId: id, expectedVersion: version } });
  }
}

/** Plays documents as one of the personas, in this process. */
class Stage {
  readonly #schema: GraphQLSchema;
  readonly #seatOf: ReturnType<typeof accounts>;
  readonly #sessionOf: (actor: Actor) => Session;

  constructor(schema: GraphQLSchema, seatOf: ReturnType<typeof accounts>, sessionOf: (actor: Actor) => Session) {
    this.#schema = schema;
    this.#seatOf = seatOf;
    this.#sessionOf = sessionOf;
  }

  async play(who: string, source: string, variableValues: Record<string, unknown>): Promise<Record<string, unknown>> {
    const session = this.#sessionOf(await this.#seatOf(who));
    const { data, errors } = await graphql({ schema: this.#schema, source, variableValues, contextValue: { session }, fieldResolver: byResponseKey });
    if (errors?.[0] || !data) throw errors?.[0] ?? new Error('no answer');
    return data;
  }
}

async function seat(migrator: Database): Promise<void> {
  const sql = commandClient(migrator);
  try {
    for (const { subject, name, role, office, agency } of PERSONAS) {
      const [row] = await sql`insert into comity.members (id, subject, name, kind, role, office_id, agency_id)
        values (${newId()}, ${subject}, ${name}, ${role === 'CLIENT' ? 'MACHINE' : 'PERSON'}, ${role},
          (select id from comity.jurisdictions where slug = ${office ?? null}), (select id from comity.agencies where ori = ${agency ?? null})) returning id`;
      if (!row) throw new Error(`${subject} could not be seated`);
    }
  } finally {
    await sql.end();
  }
}
