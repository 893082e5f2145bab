/** A referral in XML with NIEM's names, as a records system would write it: complete for every pack, all invented. */
export const niemReferral = (report: string, { narrative = 'An official pushed a bystander &amp; held him &#8212; <![CDATA[<twice> &amp; more]]>.', more = '', kind = 'FORCE' } = {}): string => `<c:Referral>
  <nc:Incident>
    <nc:ActivityIdentification><nc:IdentificationID>${report}</nc:IdentificationID></nc:ActivityIdentification>
    <nc:ActivityDate><nc:DateTime>2026-03-14T20:15:00-05:00</nc:DateTime></nc:ActivityDate>
    <nc:ActivityDescriptionText>${narrative}</nc:ActivityDescriptionText>
    <nc:IncidentLocation>
      <nc:Address><nc:AddressFullText>100 Example Street, Dallas</nc:AddressFullText><nc:LocationCountyCode>48113</nc:LocationCountyCode></nc:Address>
      <nc:Location2DGeospatialCoordinate>
        <nc:GeographicCoordinateLatitude><nc:LatitudeDegreeValue>32.78</nc:LatitudeDegreeValue></nc:GeographicCoordinateLatitude>
        <nc:GeographicCoordinateLongitude><nc:LongitudeDegreeValue>-96.8</nc:LongitudeDegreeValue></nc:GeographicCoordinateLongitude>
      </nc:Location2DGeospatialCoordinate>
    </nc:IncidentLocation>
  </nc:Incident>
  <c:IncidentKindCode>${kind}</c:IncidentKindCode>
  <c:AnyoneInjuredIndicator>true</c:AnyoneInjuredIndicator>
  <j:Charge><j:ChargeStatute><j:StatuteCodeSectionIdentification><nc:IdentificationID>Tex. Penal Code § 22.01</nc:IdentificationID></j:StatuteCodeSectionIdentification></j:ChargeStatute></j:Charge>
  <c:AllegedLevelCode>MISDEMEANOR</c:AllegedLevelCode>
  <j:EnforcementOfficial><nc:PersonPhysicalFeature><nc:PhysicalFeatureDescriptionText>Tall</nc:PhysicalFeatureDescriptionText></nc:PersonPhysicalFeature><c:VehiclePlateText>INV 0001</c:VehiclePlateText></j:EnforcementOfficial>
  <j:Victim><nc:PersonName><nc:PersonFullName>Vic Timson</nc:PersonFullName></nc:PersonName><nc:PersonInjury><nc:InjuryDescriptionText>Bruise</nc:InjuryDescriptionText></nc:PersonInjury></j:Victim>
  <j:Witness><nc:RoleOfPerson><nc:PersonName><nc:PersonFullName>Wit Nessler</nc:PersonFullName></nc:PersonName></nc:RoleOfPerson></j:Witness>
  <j:Evidence>
    <c:RecordingKindCode>BODY_CAMERA</c:RecordingKindCode><c:HolderText>Dallas Police Department</c:HolderText><c:DeviceText>BWC-1</c:DeviceText>
    <j:BinaryHashValue><j:HashValueText>${'a'.repeat(64)}</j:HashValueText></j:BinaryHashValue>
    <c:CapturedDateRange><nc:StartDate><nc:DateTime>2026-03-14T20:10:00-05:00</nc:DateTime></nc:StartDate></c:CapturedDateRange>
  </j:Evidence>
  <c:SupervisorIdentification><c:OutcomeCode>REFUSED</c:OutcomeCode><c:RecordedOnCameraIndicator>1</c:RecordedOnCameraIndicator></c:SupervisorIdentification>
  <c:EmergencyMedical><c:SummonedIndicator>true</c:SummonedIndicator><c:AidRenderedIndicator>true</c:AidRenderedIndicator></c:EmergencyMedical>
  <c:Preservation><nc:PersonName><nc:PersonFullName>Sgt. Pia Dalles</nc:PersonFullName></nc:PersonName></c:Preservation>
  <c:Provenance><c:DecidedByText>Sgt. Pia Dalles</c:DecidedByText><c:ConsultedText>Department counsel</c:ConsultedText></c:Provenance>
  ${more}
</c:Referral>`;

const NAMES = 'xmlns:nc="https://docs.oasis-open.org/niemopen/ns/model/niem-core/6.0/" xmlns:j="https://docs.oasis-open.org/niemopen/ns/model/domains/justice/6.0/" xmlns:c="urn:comity:referral:1"';

/** A file of such referrals. */
export const niemFile = (...referrals: readonly string[]): string => `<?xml version="1.0" encoding="UTF-8"?>\n<c:Referrals ${NAMES}>\n${referrals.join('\n')}\n</c:Referrals>\n`;
