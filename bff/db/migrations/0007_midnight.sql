-- The last evening of a lock. A payment's place in the spread of the sweep; null when another subject drives it.
alter table payment add column sweep_jitter bigint;
-- Locks of before are swept as well, and looked at once, so that they get a wake for their evening.
update payment set sweep_jitter = 0 where awaited_by is null;
update wake set due_at = 0 where subject_id in (select id from payment where state in ('opening', 'held'));
-- When HIS may be asked for the amounts of a visit again, and how often it was asked since it last answered.
alter table visit add column sweep_at bigint not null default 0;
alter table visit add column sweep_tries bigint not null default 0;
