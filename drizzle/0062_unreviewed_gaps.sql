-- Of a charge that nobody has reviewed every element is a gap, of no reviewer: an empty list said that nothing is missing. Replaces a view; locks no table. Way back: the view as in 0052.
create or replace view comity.proof_gaps with (security_invoker = true) as
  select e.case_id, e.charge_id, e.position, e.text, r.reviewer_id, held.verdict
    from comity.proof_elements e
    left join (select distinct a.case_id, a.charge_id, a.reviewer_id from comity.element_assessments a) r on r.case_id = e.case_id and r.charge_id = e.charge_id
    left join lateral (
      select a.verdict from comity.element_assessments a
       where a.case_id = e.case_id and a.charge_id = e.charge_id and a.wording = e.text and a.reviewer_id = r.reviewer_id
       order by a.assessed_at desc, a.id desc limit 1) held on true
   where held.verdict is distinct from 'MET';
