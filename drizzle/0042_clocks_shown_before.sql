-- What clocks kept before showed is for the same readers as what they keep now: excluded time of a person for those who may know of the
-- person, a notice of a disposition for those who may know of that, and one beside a charge in a compartment for those who are in it.
-- Writes those clocks once. No way back is needed: more is asked of their readers, and nothing else is changed.
grant update (needs) on comity.clocks to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint
update comity.clocks set needs = needs | 4 where kind = 'LIMITATION' and (tolling <> '[]' or asserted is not null) and needs & 4 = 0;--> statement-breakpoint
update comity.clocks k set needs = k.needs | case when k.aspect like 'DISPOSITION%' then 64 else 0 end | coalesce((select bit_or(h.needs & 49152) from comity.charges h where h.case_id = k.case_id), 0)
 where k.kind = 'VICTIM_NOTICE' and (k.aspect not like 'CHARGED %');--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
revoke update (needs) on comity.clocks from comity_definer;
