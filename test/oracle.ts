/**
 * What a member may see of a case, said once more and differently: not as rows that open and close, but as a person would
 * explain it. Written for the random tests alone; it shares no code with the product.
 */
export type Office = 'dallas' | 'hennepin' | 'cook';
export type Bits = ReadonlySet<string>;

export interface Person { readonly id: string; readonly office: Office | null; readonly role: string; readonly unit: Office | null }
export interface Rule { readonly audience: Office | 'COALITION'; readonly facets: readonly string[]; readonly stages: readonly string[]; readonly levels: readonly string[]; readonly tags: readonly string[] }
export interface Drawn {
  readonly routed: boolean; readonly lead: Office | null; readonly state: 'TX' | 'MN' | 'IL'; readonly stage: string; readonly level: string; readonly tags: readonly string[];
  readonly minor: boolean; readonly venues: readonly Office[]; readonly unit: boolean;
  readonly team: readonly { readonly member: string; readonly role: 'TRIAL' | 'FILTER' | 'SUPPORT'; readonly open: boolean }[];
  readonly joint: readonly { readonly office: Office; readonly state: 'INVITED' | 'ACCEPTED' | 'DECLINED'; readonly facets: readonly string[]; readonly over: boolean }[];
  readonly offer: Office | null; readonly former: { readonly office: Office; readonly residual: 'NONE' | 'AUTHOR_OWN' | 'READ' } | null;
  readonly walls: readonly { readonly subject: string; readonly lifted: boolean }[];
  readonly seals: readonly { readonly facets: readonly string[]; readonly audience: readonly string[]; readonly over: boolean }[];
  readonly glass: { readonly member: string; readonly over: boolean } | null; readonly authorised: readonly Office[];
}

const SHARED = ['SUMMARY', 'REPORT', 'PERSONS', 'VICTIM_CONTACT', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY'];
const LEADS = [...SHARED, 'OFFICE', 'JOINT', 'COALITION', 'PROTECTED'];
const ALL = [...LEADS, 'TEAM', 'OWN', 'GRAND_JURY', 'COMPELLED'];

/** What a role may never see from its seat alone. */
const NEVER: Readonly<Record<string, readonly string[]>> = {
  INTAKE: ['VICTIM_CONTACT', 'CHARGES', 'PROCEEDINGS'], ADVOCATE: ['EVIDENCE', 'HISTORY'],
  RECORDS: ['PERSONS', 'VICTIM_CONTACT', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'JOINT', 'COALITION', 'PROTECTED'],
};
const neverSeenBy = (role: string): readonly string[] => NEVER[role] ?? ['VICTIM_CONTACT'];

const matches = (rule: Rule, { stage, level, tags }: Drawn): boolean =>
  (rule.stages.length === 0 || rule.stages.includes(stage)) && (rule.levels.length === 0 || rule.levels.includes(level)) && (rule.tags.length === 0 || rule.tags.some((tag) => tags.includes(tag)));

export function seenBy(person: Person, subject: Drawn, books: Readonly<Record<Office, readonly Rule[]>>): Bits {
  const names = new Set([person.id, ...(person.office ? [person.office] : []), ...(person.unit ? [`unit of ${person.unit}`] : [])]);
  if (subject.walls.some((wall) => !wall.lifted && names.has(wall.subject))) return new Set();

  const bySeat = new Set<string>(); // seen as far as the role goes
  const whole = new Set<string>(); // seen whatever the role
  const { lead } = subject;
  if (person.role === 'ADMINISTRATOR' && !subject.routed) bySeat.add('SUMMARY');
  if (person.office !== null) {
    const mine = lead === person.office;
    if (mine) for (const facet of subject.unit && person.unit !== lead ? ['SUMMARY'] : LEADS) bySeat.add(facet);
    if (!mine && subject.venues.includes(person.office)) for (const facet of lead === null ? ['SUMMARY', 'REPORT'] : ['SUMMARY']) bySeat.add(facet);
    if (lead !== null && !mine) {
      for (const part of subject.joint.filter(({ office, over }) => office === person.office && !over)) {
        if (part.state === 'INVITED') bySeat.add('SUMMARY');
        if (part.state === 'ACCEPTED') for (const facet of [...part.facets, 'JOINT', 'COALITION']) bySeat.add(facet);
      }
      if (subject.offer === person.office) for (const facet of ['SUMMARY', 'REPORT']) bySeat.add(facet);
      for (const rule of books[lead].filter((each) => matches(each, subject))) {
        const coalition = rule.audience === 'COALITION' && person.office !== 'cook';
        if (coalition) for (const facet of subject.unit ? ['SUMMARY'] : [...rule.facets, 'COALITION']) bySeat.add(facet);
        if (rule.audience === person.office) for (const facet of rule.facets) bySeat.add(facet);
      }
    }
    if (!mine && subject.former?.office === person.office && subject.former.residual !== 'NONE') {
      for (const facet of subject.former.residual === 'READ' ? [...SHARED.filter((each) => each !== 'VICTIM_CONTACT'), 'OWN'] : ['SUMMARY', 'OWN']) bySeat.add(facet);
    }
    if (mine && subject.glass?.member === person.id && !subject.glass.over) for (const facet of LEADS.filter((each) => each !== 'PROTECTED')) whole.add(facet);
    for (const place of subject.team.filter(({ member, open }) => open && member === person.id)) {
      const part = subject.joint.find(({ office, state, over }) => office === person.office && state === 'ACCEPTED' && !over);
      if (mine) for (const facet of place.role === 'FILTER' ? [...LEADS, 'COMPELLED'] : [...LEADS, 'TEAM', 'GRAND_JURY']) whole.add(facet);
      else if (lead !== null && part) for (const facet of [...part.facets, 'JOINT', 'COALITION']) whole.add(facet);
    }
  }
  for (const facet of neverSeenBy(person.role)) bySeat.delete(facet);

  const seen = new Set([...bySeat, ...whole]);
  for (const seal of subject.seals.filter(({ over, audience }) => !over && !audience.some((name) => names.has(name)))) for (const facet of seal.facets) seen.delete(facet);
  if (person.office !== lead) {
    if (subject.state === 'MN' && !subject.authorised.some((office) => office === person.office)) seen.delete('EVIDENCE');
    if (subject.minor) seen.delete('PROTECTED');
  }
  return seen.has('SUMMARY') ? seen : new Set();
}

export const EVERY_FACET = ALL;
