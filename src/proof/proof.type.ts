import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Charge } from '../charges/charge.type.ts';
import { Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { POLARITIES, PROOF_SOURCES, VERDICTS, type ElementAssessmentRow, type Polarity, type ProofLinkRow, type ProofSource, type Verdict } from './proof.table.ts';

export const ProofSources = enumOf(PROOF_SOURCES);
export const Polarities = enumOf(POLARITIES);
export const Verdicts = enumOf(VERDICTS);

registerEnumType(ProofSources, {
  name: 'ProofSource',
  description: 'What a link leans on.',
  valuesConfig: {
    REPORT: { description: 'The report of the referral.' },
    PERSON: { description: 'A person of the case.' },
    RECORDING: { description: 'A recording of the case.' },
    ANNOTATION: { description: 'A remark.' },
    RETURN_ITEM: { description: 'Something that is asked of the agency.' },
  },
});
registerEnumType(Polarities, { name: 'Polarity', description: 'Whether it speaks for the element, against it, or neither.' });
registerEnumType(Verdicts, {
  name: 'ElementVerdict',
  description: 'What a reviewer holds of an element.',
  valuesConfig: {
    MET: { description: 'It can be proven.' },
    DOUBTFUL: { description: 'It may or may not be.' },
    NOT_MET: { description: 'It cannot be proven as things stand.' },
  },
});

@ObjectType({ description: 'What speaks for or against an element. Seen by the office that linked it, and there by those who see what it leans on.' })
export class ProofLink implements Pick<ProofLinkRow, 'id' | 'wording' | 'sourceKind' | 'sourceId' | 'polarity' | 'reasoning' | 'linkedAt' | 'withdrawnAt'> {
  @Field(() => ID, { description: 'To withdraw it.' })
  id!: string;

  @Field(() => String, { description: 'The element that it is about, as it read when this was linked.' })
  wording!: string;

  @Field(() => ProofSources, { description: 'What it leans on.' })
  sourceKind!: ProofSource;

  @Field(() => ID, { nullable: true, description: 'Which; null for the report.' })
  sourceId!: string | null;

  @Field(() => Boolean, { description: 'What it leans on was deleted since: it proves nothing any more. Withdraw it, or link something else.' })
  sourceGone!: boolean;

  @Field(() => Polarities, { description: 'For or against.' })
  polarity!: Polarity;

  @Field(() => String, { description: 'Why.' })
  reasoning!: string;

  @Field(() => Member, { description: 'By whom.' })
  linkedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  linkedAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'Since when it counts no more; null while it counts.' })
  withdrawnAt!: string | null;
}

@ObjectType({ description: 'What a reviewer holds of an element.' })
export class ElementAssessment implements Pick<ElementAssessmentRow, 'id' | 'wording' | 'verdict' | 'reasoning' | 'assessedAt'> {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => String, { description: 'The element that it is about, as it read when this was said.' })
  wording!: string;

  @Field(() => Verdicts, { description: 'Whether it can be proven.' })
  verdict!: Verdict;

  @Field(() => String, { description: 'Why.' })
  reasoning!: string;

  @Field(() => Member, { description: 'Who holds it.' })
  reviewer!: Member;

  @Field(() => DateTime, { description: 'Since when.' })
  assessedAt!: string;
}

@ObjectType({ description: 'An element of a charge, as the text reads that was in force on the day of the offence.' })
export class ProofElement {
  @Field(() => Int, { description: 'Its place in the statute, from 1.' })
  position!: number;

  @Field(() => String, { description: 'What must be proven.' })
  text!: string;

  @Field(() => [ProofLink], { description: 'What speaks for and against it, oldest first; what was withdrawn only where asked for.' })
  links!: ProofLink[];

  @Field(() => [ElementAssessment], { description: 'What each reviewer holds of it now, by the time they said so; earlier ones where asked for.' })
  assessments!: ElementAssessment[];

  @Field(() => Boolean, { description: 'Reviewers differ on it.' })
  isDisputed!: boolean;
}

@ObjectType({ description: 'A wording that the text of a charge had before it was corrected and does not have now. What was said of it is kept here, and counts for no element as the text reads.' })
export class EarlierElement {
  @Field(() => Int, { description: 'The first place that it had, from 1.' })
  position!: number;

  @Field(() => String, { description: 'What had to be proven.' })
  text!: string;

  @Field(() => [ProofLink], { description: 'What spoke for and against it, oldest first; what was withdrawn only where asked for.' })
  links!: ProofLink[];

  @Field(() => [ElementAssessment], { description: 'What each reviewer held of it at last, by the time they said so; earlier ones where asked for.' })
  assessments!: ElementAssessment[];
}

@ObjectType({ description: 'An element that a reviewer does not hold to be met. Whoever has assessed one element of a charge is a reviewer of all.' })
export class ProofGap {
  @Field(() => Charge, { description: 'The charge.' })
  charge!: Charge;

  @Field(() => Int, { description: 'The element, from 1.' })
  position!: number;

  @Field(() => String, { description: 'What must be proven.' })
  text!: string;

  @Field(() => Member, { nullable: true, description: 'The reviewer; null where you see nobody’s review of the charge: then each of its elements is a gap.' })
  reviewer!: Member | null;

  @Field(() => Verdicts, { nullable: true, description: 'What the reviewer holds of it; null where it is not assessed as it reads now.' })
  verdict!: Verdict | null;

  @Field(() => Boolean, { description: 'Something is asked of the agency for it and not answered yet.' })
  isAsked!: boolean;
}

@ObjectType({ description: 'A case by its charges, their elements, and what proves them.' })
export class ProofMatrix {
  @Field(() => ID, { description: 'The case.' })
  id!: string;

  @Field(() => [Charge], { description: 'Its live charges that you may see, in the order they were proposed.' })
  charges!: Charge[];

  @Field(() => [ProofGap], { description: 'What is missing, by charge, element and reviewer; of a charge that nobody has reviewed, all of it.' })
  gaps!: ProofGap[];
}
