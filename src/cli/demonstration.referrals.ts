import type { IncidentKind } from '../cases/lifecycle.ts';

interface Scene {
  readonly kind: IncidentKind;
  readonly citation: Readonly<Record<'TX' | 'MN', string>>;
  readonly level: 'FELONY' | 'MISDEMEANOR';
  readonly tale: string;
}

const SCENES: readonly Scene[] = [
  { kind: 'FORCE', citation: { TX: 'Tex. Penal Code § 22.01', MN: 'Minn. Stat. § 609.224' }, level: 'MISDEMEANOR', tale: 'pushed a bystander who was filming to the ground and held him there for about a minute' },
  { kind: 'FORCE', citation: { TX: 'Tex. Penal Code § 22.02', MN: 'Minn. Stat. § 609.222' }, level: 'FELONY', tale: 'struck a person who stood still with a baton, after which the person’s arm was broken' },
  { kind: 'DETENTION', citation: { TX: 'Tex. Penal Code § 20.02', MN: 'Minn. Stat. § 609.255' }, level: 'FELONY', tale: 'held a resident in an unmarked vehicle for two hours and released her without a charge' },
  { kind: 'ENTRY', citation: { TX: 'Tex. Penal Code § 30.05', MN: 'Minn. Stat. § 609.605' }, level: 'MISDEMEANOR', tale: 'entered a fenced yard through a locked gate without showing a warrant' },
  { kind: 'PROPERTY', citation: { TX: 'Tex. Penal Code § 28.03', MN: 'Minn. Stat. § 609.595' }, level: 'MISDEMEANOR', tale: 'broke the side window of a parked car and took a telephone out of it' },
];

const STREETS = ['Example Street', 'Sample Avenue', 'Invented Road', 'Placeholder Lane', 'Fiction Boulevard'];
const VICTIMS = ['Vic Timson', 'Bea Stander', 'Ray Sident', 'Nia Borough', 'Pat Asserby', 'Dot Example'];
const OUTCOMES = ['REFUSED', 'NOT_PRESENT', 'NOT_SAFE', 'NAME_ONLY', 'VERIFIED'] as const;
const DAY = 86_400_000;

/** What the agencies of the demonstration send: invented scenes of the last months, all complete, some of a county that no office holds. */
export function referralsOfDemonstration(now: Date): { by: string; referrals: Record<string, unknown>[] }[] {
  return [
    { by: 'dallas.police', referrals: Array.from({ length: 48 }, (_, index) => referral(index, now, 'TX', '48113', 'Dallas', 'Sgt. Pia Dalles')) },
    { by: 'minneapolis.police', referrals: Array.from({ length: 36 }, (_, index) => referral(index, now, 'MN', '27053', 'Minneapolis', 'Lt. Min Neapols')) },
    { by: 'minneapolis.police', referrals: Array.from({ length: 12 }, (_, index) => referral(60 + index, now, 'MN', '27137', 'Duluth', 'Lt. Min Neapols')) },
  ];
}

function referral(index: number, now: Date, state: 'TX' | 'MN', countyFips: string, city: string, supervisor: string): Record<string, unknown> {
  const scene = pick(SCENES, index);
  const occurred = new Date(Math.max(now.getTime() - (2 + index * 2) * DAY, Date.parse('2026-02-02T18:00:00Z')));
  occurred.setUTCHours(18, (index * 7) % 60, 0, 0);
  const at = (minutes: number) => new Date(occurred.getTime() + minutes * 60_000).toISOString();
  const injured = scene.kind === 'FORCE';
  const outcome = pick(OUTCOMES, index);
  return {
    reportNumber: `${state}-${occurred.getUTCFullYear()}-${String(1000 + index)}`,
    kind: scene.kind,
    incident: { occurredOn: at(0).slice(0, 10), occurredAt: at(0), countyFips, place: `${100 + index} ${pick(STREETS, index)}, ${city}` },
    narrative: `At ${100 + index} ${pick(STREETS, index)} in ${city} an official without a name tag ${scene.tale}. Two neighbours watched from across the street. Officers arrived after the event and spoke with all who stayed.`,
    allegedOffences: [scene.citation[state]],
    allegedLevel: scene.level,
    anyoneInjured: injured,
    supervisorIdentification: {
      outcome, recordedOnCamera: true,
      ...(outcome === 'NAME_ONLY' || outcome === 'VERIFIED' ? { name: 'Super Vizor' } : {}), ...(outcome === 'VERIFIED' ? { badge: `X-${100 + index}` } : {}),
    },
    ...(injured && { emergencyMedical: { summoned: true, summonedAt: at(4), arrivedAt: at(12), aidRendered: true } }),
    preservation: { preservedBy: supervisor, preservedAt: at(90) },
    recordings: [{ kind: 'BODY_CAMERA', holder: `${city} Police Department`, device: `BWC-${200 + index}`, sha256: index.toString(16).padStart(64, '0'), capturedFrom: at(6), capturedTo: at(40) }],
    persons: [
      { part: 'OFFICIAL', descriptors: 'Grey jacket, face covered', markings: 'POLICE', plate: `INV ${String(index).padStart(4, '0')}` },
      { part: 'VICTIM', name: pick(VICTIMS, index), injured, ...(injured && { injury: 'Bruises' }), contact: { phone: `555-01${String(index).padStart(2, '0')}`, disclosureRefused: index % 5 === 0 } },
      { part: 'WITNESS', name: pick(VICTIMS, index + 1), contact: { email: `witness${index}@example.invalid` } },
    ],
    provenance: { decidedBy: supervisor, consulted: ['Department counsel'] },
    signature: { signedBy: supervisor, badge: '4711', signedAt: at(600) },
  };
}

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}
