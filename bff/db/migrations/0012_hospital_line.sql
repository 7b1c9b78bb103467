-- What HIS is told of a change, written with the change itself: sent where the institution has an address, listed for whoever asks. The
-- payload holds no identity.
create table delivery (
  id text primary key,
  institution text not null,
  target text not null,
  subject_kind text not null,
  subject_id text not null,
  version bigint not null,
  event text not null,
  payload_json text not null,
  state text not null check (state in ('kept', 'waiting', 'sent', 'givenUp')),
  tries bigint not null check (tries >= 0),
  not_before bigint not null,
  last_status text,
  created_at bigint not null
);
create unique index delivery_once on delivery (target, subject_id, version);
create index delivery_of_institution on delivery (institution, created_at, id);

alter table visit add column kind text not null default 'outpatient' check (kind in ('outpatient', 'vaccination'));

-- A registration at the window: HIS's own number is its identity, its fee is paid from the quota at once (C 二（一）2).
create table window_registration (
  id text primary key,
  institution text not null,
  his_no text not null,
  person_id text not null references person (id),
  department text not null,
  cashier_no text not null,
  fee_fen bigint not null check (fee_fen > 0),
  in_use bigint not null check (in_use in (0, 1)),
  role text check (role in ('own', 'family')),
  reason_code text,
  agreement_sealed text,
  bill_id text references bill (id),
  payment_id text references payment (id),
  body_hash text not null,
  visit_id text references visit (id),
  created_at bigint not null,
  check (in_use = 0 or (role is not null and agreement_sealed is not null and payment_id is not null))
);
create unique index window_registration_number on window_registration (institution, his_no);
