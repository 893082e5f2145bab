-- Proof: what speaks for and against each element of a charge, and what each reviewer holds of it. The work is the office's that did it.
-- Locks charges and jurisdictions for the moment of a foreign key. Way back: as comity_owner drop the views proof_gaps and proof_elements,
-- the tables proof_links and element_assessments; as comity_definer drop the functions check_proof_link and check_assessment.
CREATE TABLE "comity"."element_assessments" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"office_id" uuid NOT NULL,
	"charge_id" uuid NOT NULL,
	"element" integer NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"reasoning" text NOT NULL,
	"assessed_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "element_assessments_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "element_assessments_verdict_check" CHECK ("comity"."element_assessments"."verdict" in ('MET', 'DOUBTFUL', 'NOT_MET')),
	CONSTRAINT "element_assessments_needs_check" CHECK ("comity"."element_assessments"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."element_assessments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."proof_links" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"office_id" uuid NOT NULL,
	"charge_id" uuid NOT NULL,
	"element" integer NOT NULL,
	"source_kind" text NOT NULL,
	"source_id" uuid,
	"polarity" text NOT NULL,
	"reasoning" text NOT NULL,
	"linked_by" uuid NOT NULL,
	"linked_at" timestamp(6) with time zone NOT NULL,
	"withdrawn_by" uuid,
	"withdrawn_at" timestamp(6) with time zone,
	CONSTRAINT "proof_links_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "proof_links_source_check" CHECK ("comity"."proof_links"."source_kind" in ('REPORT', 'PERSON', 'RECORDING', 'ANNOTATION', 'RETURN_ITEM')),
	CONSTRAINT "proof_links_polarity_check" CHECK ("comity"."proof_links"."polarity" in ('SUPPORTS', 'UNDERMINES', 'NEUTRAL')),
	CONSTRAINT "proof_links_which" CHECK (("comity"."proof_links"."source_kind" = 'REPORT') = ("comity"."proof_links"."source_id" is null)),
	CONSTRAINT "proof_links_withdrawn" CHECK (num_nulls("comity"."proof_links"."withdrawn_by", "comity"."proof_links"."withdrawn_at") in (0, 2)),
	CONSTRAINT "proof_links_needs_check" CHECK ("comity"."proof_links"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."proof_links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."element_assessments" ADD CONSTRAINT "element_assessments_office_id_jurisdictions_id_fk" FOREIGN KEY ("office_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."element_assessments" ADD CONSTRAINT "element_assessments_charge" FOREIGN KEY ("case_id","charge_id") REFERENCES "comity"."charges"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."proof_links" ADD CONSTRAINT "proof_links_office_id_jurisdictions_id_fk" FOREIGN KEY ("office_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."proof_links" ADD CONSTRAINT "proof_links_charge" FOREIGN KEY ("case_id","charge_id") REFERENCES "comity"."charges"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "element_assessments_of_reviewer" ON "comity"."element_assessments" USING btree ("case_id","charge_id","element","reviewer_id","assessed_at");--> statement-breakpoint
CREATE INDEX "proof_links_of_element" ON "comity"."proof_links" USING btree ("case_id","charge_id","element");--> statement-breakpoint
CREATE POLICY "element_assessments_seen" ON "comity"."element_assessments" AS PERMISSIVE FOR ALL TO "comity_app" USING (element_assessments.needs <> 0 and (element_assessments.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = element_assessments.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = element_assessments.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (element_assessments.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)
  and exists (select 1 from comity.charges ch where ch.case_id = element_assessments.case_id and ch.id = element_assessments.charge_id))) WITH CHECK (element_assessments.needs <> 0 and (element_assessments.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = element_assessments.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = element_assessments.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (element_assessments.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)
  and exists (select 1 from comity.charges ch where ch.case_id = element_assessments.case_id and ch.id = element_assessments.charge_id)));--> statement-breakpoint
CREATE POLICY "element_assessments_definer" ON "comity"."element_assessments" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "proof_links_seen" ON "comity"."proof_links" AS PERMISSIVE FOR ALL TO "comity_app" USING (proof_links.needs <> 0 and (proof_links.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = proof_links.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = proof_links.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (proof_links.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)
  and exists (select 1 from comity.charges ch where ch.case_id = proof_links.case_id and ch.id = proof_links.charge_id) and case proof_links.source_kind
    when 'REPORT' then exists (select 1 from comity.case_reports r where r.case_id = proof_links.case_id)
    when 'PERSON' then exists (select 1 from comity.persons p where p.case_id = proof_links.case_id and p.id = proof_links.source_id)
    when 'RECORDING' then exists (select 1 from comity.recordings r where r.case_id = proof_links.case_id and r.id = proof_links.source_id)
    when 'ANNOTATION' then exists (select 1 from comity.annotations a where a.case_id = proof_links.case_id and a.id = proof_links.source_id)
    when 'RETURN_ITEM' then exists (select 1 from comity.return_items i where i.case_id = proof_links.case_id and i.id = proof_links.source_id) end)) WITH CHECK (proof_links.needs <> 0 and (proof_links.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = proof_links.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = proof_links.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (proof_links.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)
  and exists (select 1 from comity.charges ch where ch.case_id = proof_links.case_id and ch.id = proof_links.charge_id) and case proof_links.source_kind
    when 'REPORT' then exists (select 1 from comity.case_reports r where r.case_id = proof_links.case_id)
    when 'PERSON' then exists (select 1 from comity.persons p where p.case_id = proof_links.case_id and p.id = proof_links.source_id)
    when 'RECORDING' then exists (select 1 from comity.recordings r where r.case_id = proof_links.case_id and r.id = proof_links.source_id)
    when 'ANNOTATION' then exists (select 1 from comity.annotations a where a.case_id = proof_links.case_id and a.id = proof_links.source_id)
    when 'RETURN_ITEM' then exists (select 1 from comity.return_items i where i.case_id = proof_links.case_id and i.id = proof_links.source_id) end));--> statement-breakpoint
CREATE POLICY "proof_links_definer" ON "comity"."proof_links" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.proof_links force row level security;--> statement-breakpoint
alter table comity.element_assessments force row level security;--> statement-breakpoint
create policy proof_links_purpose on comity.proof_links as restrictive for select to comity_app using (
  (proof_links.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy element_assessments_purpose on comity.element_assessments as restrictive for select to comity_app using (
  (element_assessments.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
grant select, insert on comity.proof_links, comity.element_assessments to comity_app;--> statement-breakpoint
grant update (withdrawn_by, withdrawn_at) on comity.proof_links to comity_app;--> statement-breakpoint

-- The elements of the charges that the reader sees: charges are read under the reader's own policies.
create view comity.proof_elements with (security_invoker = true) as
  select ch.case_id, ch.id as charge_id, e.position::integer as position, e.text
    from comity.charges ch join comity.statute_versions v on v.id = ch.statute_version_id
    cross join lateral jsonb_array_elements_text(v.elements) with ordinality as e (text, position)
   where ch.state <> 'WITHDRAWN';--> statement-breakpoint
-- For each reviewer of a charge what this reviewer does not hold to be met, or has not assessed.
create view comity.proof_gaps with (security_invoker = true) as
  select e.case_id, e.charge_id, e.position, e.text, r.reviewer_id, held.verdict
    from comity.proof_elements e
    join (select distinct a.case_id, a.charge_id, a.reviewer_id from comity.element_assessments a) r on r.case_id = e.case_id and r.charge_id = e.charge_id
    left join lateral (
      select a.verdict from comity.element_assessments a
       where a.case_id = e.case_id and a.charge_id = e.charge_id and a.element = e.position and a.reviewer_id = r.reviewer_id
       order by a.assessed_at desc, a.id desc limit 1) held on true
   where held.verdict is distinct from 'MET';--> statement-breakpoint
grant select on comity.proof_elements, comity.proof_gaps to comity_app;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint
-- A link is made by the office that leads, in one's own name, to an element that the charge has; it is withdrawn and never changed.
create function comity.check_proof_link() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and case
      when tg_op = 'INSERT' then
        new.linked_by = comity.member() and num_nonnulls(new.withdrawn_by, new.withdrawn_at) = 0 and new.needs & 528 = 528
        and new.element between 1 and (select jsonb_array_length(v.elements) from comity.charges ch join comity.statute_versions v on v.id = ch.statute_version_id
          where ch.case_id = new.case_id and ch.id = new.charge_id)
      else old.withdrawn_at is null and new.withdrawn_by = comity.member() and new.withdrawn_at = statement_timestamp()
    end) is not true then
    raise exception 'proof is not linked or withdrawn so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- What a reviewer holds is said in one's own name, by the office that leads, as of now.
create function comity.check_assessment() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and new.reviewer_id = comity.member() and new.needs & 528 = 528
      and new.assessed_at between transaction_timestamp() and clock_timestamp()
      and new.element between 1 and (select jsonb_array_length(v.elements) from comity.charges ch join comity.statute_versions v on v.id = ch.statute_version_id
        where ch.case_id = new.case_id and ch.id = new.charge_id)) is not true then
    raise exception 'an element is not assessed so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
grant execute on function comity.check_proof_link(), comity.check_assessment() to comity_owner;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger proof_links_written before insert or update on comity.proof_links for each row when (current_user = 'comity_app') execute function comity.check_proof_link();--> statement-breakpoint
create trigger element_assessments_written before insert on comity.element_assessments for each row when (current_user = 'comity_app') execute function comity.check_assessment();--> statement-breakpoint
revoke execute on function comity.check_proof_link(), comity.check_assessment() from comity_owner;
