import type { Confidence } from '../kernel/confidence.ts';
import type { LawRule } from '../law/rule.file.ts';
import type { RuleKind } from '../law/rule.table.ts';
import type { Limitation, OffenceLevel, OfficerReach } from '../law/statute.table.ts';
import type { Day } from './calendar.ts';
import type { ClockFactKind } from './fact.rules.ts';

/** A charge that is not withdrawn, as its limitation depends on it. */
export interface ChargeFacts {
  readonly id: string;
  readonly needs: number;
  readonly personId: string;
  readonly offenceOn: Day;
  /** The last day of a range; null: it is one day. */
  readonly offenceUntil: Day | null;
  /** The level that it names, where the statute is graded. */
  readonly level: OffenceLevel | null;
  readonly versionId: string;
  readonly statute: { readonly state: string; readonly citation: string };
  readonly version: {
    readonly validFrom: Day | null; readonly validTo: Day | null; readonly level: OffenceLevel; readonly limitation: Limitation;
    readonly appliesToFederalOfficer: OfficerReach; readonly confidence: Confidence;
  };
  readonly filedOn: Day | null;
}

/** A body-camera recording. */
export interface RecordingFacts {
  readonly id: string;
  readonly needs: number;
  /** An instant; null where nobody said when it was made. */
  readonly capturedFrom: string | null;
}

/** What is or was asked of an agency, unless it was taken back. */
export interface ItemFacts {
  readonly id: string;
  readonly needs: number;
  readonly askedAt: string;
  readonly dueOn: Day;
  /** When it was received; null while it is open. */
  readonly receivedAt: string | null;
}

/** A victim of the case, and when they were told of what. */
export interface VictimFacts {
  readonly id: string;
  readonly needs: number;
  readonly told: readonly { readonly kind: string; readonly sentOn: Day }[];
}

/** A person against whom a filed charge waits for the court, or who gave notice, and who is or may be a federal officer. */
export interface AccusedFacts {
  readonly id: string;
  readonly needs: number;
  readonly arraignedOn: Day | null;
  readonly trialStartsOn: Day | null;
  /** The first notice of removal of the whole case. */
  readonly noticeFiledOn: Day | null;
}

/** A demand that was served, and neither withdrawn, lifted nor dismissed before it was answered. */
export interface DemandServed {
  readonly id: string;
  readonly needs: number;
  readonly regime: string;
  readonly servedOn: Day;
  /** The day that it names, of a subpoena the return date. */
  readonly returnOn: Day | null;
  readonly answeredOn: Day | null;
}

/** A petition to supersede the prosecutor. */
export interface PetitionFacts {
  readonly id: string;
  readonly needs: number;
  readonly judgeAssignedOn: Day | null;
  readonly heardOn: Day | null;
  readonly decidedOn: Day | null;
}

/** The hold of an accused who was arrested in another state before its Governor's warrant, unless the office withdrew. */
export interface HeldFacts {
  readonly id: string;
  readonly needs: number;
  readonly asylumState: string;
  readonly arrestOn: Day;
  readonly extensionUntil: Day | null;
  /** The first day on which it ended: by that warrant, a waiver, a return or a release. */
  readonly endedOn: Day | null;
}

/** What was recorded for clocks alone, unless it was withdrawn. */
export interface RecordedFact {
  readonly kind: ClockFactKind;
  readonly aboutId: string;
  readonly fromOn: Day | null;
  readonly toOn: Day | null;
  readonly grounds: readonly string[];
  readonly source: string;
  readonly recordedBy: string;
  readonly attestedBy: string | null;
}

/** All that the clocks of a case depend on, as comity.clock_facts_of gives it. */
export interface CaseFacts {
  readonly caseId: string;
  readonly state: string;
  readonly timeZone: string;
  readonly incidentOn: Day;
  readonly charges: readonly ChargeFacts[];
  readonly recordings: readonly RecordingFacts[];
  readonly items: readonly ItemFacts[];
  readonly victims: readonly VictimFacts[];
  readonly accused: readonly AccusedFacts[];
  readonly petitions: readonly PetitionFacts[];
  readonly demands: readonly DemandServed[];
  readonly held: readonly HeldFacts[];
  /** On which days charges were disposed of, and in which compartment those stand. */
  readonly disposed: readonly { readonly on: Day; readonly apart: number }[];
  readonly recorded: readonly RecordedFact[];
  readonly rules: readonly LawRule<RuleKind>[];
}

/** The first rule of a kind, of the case's state before that of every state; undefined where none is on file. */
export const ruleIn = <K extends RuleKind>({ rules, state }: CaseFacts, kind: K, where: string = state): LawRule<K> | undefined =>
  rules.find((rule) => rule.kind === kind && rule.state === where) as LawRule<K> | undefined;

/** All rules of a kind in the case's state. */
export const rulesIn = <K extends RuleKind>({ rules, state }: CaseFacts, kind: K): readonly LawRule<K>[] =>
  rules.filter((rule) => rule.kind === kind && rule.state === state) as unknown as readonly LawRule<K>[];

/** What was recorded of one kind about a thing. */
export const recordedOf = ({ recorded }: CaseFacts, kind: ClockFactKind, aboutId: string): readonly RecordedFact[] =>
  recorded.filter((fact) => fact.kind === kind && fact.aboutId === aboutId);
