-- Portable DDL: text, bigint, CHECK, partial unique index. Times are epoch milliseconds, money is integer fen, booleans are 0 or 1.
-- No column of these tables holds a name, an ID number or a phone number.

create table bill (
  id text primary key,
  institution text not null,
  kind text not null,
  his_no text not null,
  rev bigint not null,
  visit_id text,
  title text not null,
  amount_fen bigint not null check (amount_fen > 0),
  lines_json text not null,
  body_hash text not null,
  created_at bigint not null
);
create unique index bill_his_number on bill (institution, kind, his_no, rev);
create index bill_of_visit on bill (institution, visit_id);

create table payment (
  id text primary key,
  institution text not null,
  bill_id text not null references bill (id),
  channel text not null,
  kind text not null,
  person_id text not null,
  role text not null check (role in ('own', 'family')),
  terms_sealed text not null,
  state text not null,
  goal text not null,
  live bigint not null,
  amount_fen bigint not null check (amount_fen > 0),
  capture_fen bigint not null,
  paid_fen bigint not null,
  refunding_fen bigint not null,
  refunded_fen bigint not null,
  acct_date text,
  repay_by text,
  expires_at bigint,
  not_before bigint not null,
  recheck bigint not null check (recheck in (0, 1)),
  refusals bigint not null check (refusals >= 0),
  reason_code text,
  opened_at bigint not null,
  version bigint not null,
  check (capture_fen > 0 and capture_fen <= amount_fen),
  check (paid_fen >= 0 and paid_fen <= amount_fen),
  check (refunding_fen >= 0 and refunded_fen >= 0 and refunding_fen + refunded_fen <= paid_fen),
  check (live = case when state in ('released', 'declined', 'expired') then 0 else 1 end)
);
-- A payment that is not surely dead blocks another payment of its bill.
create unique index payment_one_live_per_bill on payment (institution, bill_id) where live = 1;
-- These lead with the selective column: without statistics a planner would otherwise walk a whole institution.
create index payment_of_bill on payment (bill_id);
create index payment_of_person on payment (person_id, institution);

create table attempt (
  id text primary key,
  institution text not null,
  channel text not null,
  subject_id text not null,
  step text not null,
  serial text not null,
  trade_date text not null,
  amount_fen bigint not null,
  content_hash text not null,
  content_sealed text not null,
  ref_json text not null,
  state text not null,
  open bigint not null check (open in (0, 1)),
  doubt bigint not null check (doubt in (0, 1)),
  sends bigint not null,
  first_sent_at bigint not null,
  last_sent_at bigint not null,
  asks bigint not null,
  last_ask_at bigint not null,
  absent_at bigint,
  code text,
  created_at bigint not null,
  check (open = case when state in ('ready', 'sent', 'accepted') then 1 else 0 end)
);
create unique index attempt_serial on attempt (institution, channel, serial);
create unique index attempt_one_open_per_subject on attempt (subject_id) where open = 1;
create index attempt_of_subject on attempt (subject_id, created_at);

create table journal (
  institution text not null,
  subject_id text not null,
  version bigint not null,
  at bigint not null,
  event text not null,
  from_state text,
  to_state text not null,
  attempt_id text,
  channel text not null,
  step text,
  amount_fen bigint,
  acct_date text,
  serial text,
  actor text not null,
  data text not null,
  primary key (subject_id, version)
);
create index journal_for_reconciliation on journal (institution, channel, acct_date, serial);

create table wake (
  subject_id text primary key,
  subject_kind text not null,
  lane text not null,
  due_at bigint not null,
  lease_until bigint not null,
  fence bigint not null
);
-- When somebody must look: the end of the lease while one is held, otherwise the due time. Subjects at rest sort last and are never read.
create index wake_look on wake ((case when lease_until > 0 then lease_until else due_at end));

create table exchange (
  msg_id text primary key,
  institution text not null,
  channel text not null,
  interface text not null,
  attempt_id text,
  sent_at bigint not null,
  answered_at bigint,
  outcome text,
  code text
);
create index exchange_of_attempt on exchange (attempt_id);

create table idempotency (
  institution text not null,
  actor text not null,
  key text not null,
  body_hash text not null,
  subject text not null,
  at bigint not null,
  primary key (institution, actor, key)
);

create table work_item (
  id text primary key,
  institution text not null,
  kind text not null,
  subject_id text not null,
  evidence_hash text not null,
  state text not null,
  raised_at bigint not null
);
create unique index work_item_once on work_item (kind, subject_id, evidence_hash);
