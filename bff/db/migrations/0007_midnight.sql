-- The last evening of a lock. A payment's place in the spread of the sweep; null when another subject drives it.
alter table payment add column sweep_jitter bigint;
-- When HIS may be asked for the amounts of a visit again, and how often it was asked since it last answered.
alter table visit add column sweep_at bigint not null default 0;
alter table visit add column sweep_tries bigint not null default 0;
