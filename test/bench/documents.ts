const SUMMARY = 'id number stage version state countyFips incidentOn kind receivedAt agency { id name ori } lead { id slug name }';
const CHARGES = 'charges { id counts offenceOn state statute { citation title } }';

/** What the bench asks of the API. */
export const DOCUMENTS = {
  detail: `query Detail($id: ID) { case(id: $id) { ${SUMMARY}
    report { reportNumber narrative place occurredAt anyoneInjured allegedOffences allegedLevel supervisorIdentification { outcome recordedOnCamera note } signature { signedBy badge signedAt } }
    persons { id part name descriptors badge plate markings minorAtIncident injured injury contact { phone email address disclosureRefused } }
    ${CHARGES}
    team { id role since member { id name } }
    events(first: 5) { nodes { id at act actor { id name } } }
    annotations(first: 5) { nodes { id kind audience body createdAt author { id name } } } } }`,
  list: `query List { cases(first: 50) { nodes { ${SUMMARY} report { reportNumber place narrative } ${CHARGES} } pageInfo { hasNextPage } } }`,
  clocks: `query Clocks { clocks(first: 50) { nodes { id kind dueOn safeOn state warnings rule { name citation attestedBy } case { id number } } pageInfo { hasNextPage } } }`,
  proof: `query Proof($id: ID!) { proofMatrix(caseId: $id) { charges { id state statute { citation title }
    elements { position text links { id sourceKind polarity reasoning linkedBy { id name } } assessments { verdict reviewer { id name } } } } gaps { position text } } }`,
  submit: `mutation Submit($input: SubmitReferralInput!) { submitReferral(input: $input) { outcome problems { code severity path message }
    referral { id state reportNumber submittedAt packetSha256 } } }`,
  claim: `mutation Claim($input: ClaimCaseInput!) { claimCase(input: $input) { case { id version stage lead { id slug } team { id role member { id name } } } } }`,
} as const;
