create table account (
  id text primary key,
  openid_hash text not null unique,
  created_at bigint not null
);

create table session (
  id text primary key,
  account_id text not null references account (id),
  created_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint
);

create table card (
  id text primary key,
  account_id text not null references account (id),
  person_id text not null references person (id),
  institution text not null,
  patient_no_sealed text not null,
  relation text not null check (relation in ('self', 'family')),
  created_at bigint not null
);
create unique index card_once on card (account_id, institution, person_id);

create table consent (
  id text primary key,
  account_id text not null references account (id),
  person_id text not null references person (id),
  purpose text not null,
  version text not null,
  agreed_at bigint not null,
  withdrawn_at bigint
);
create unique index consent_in_force on consent (account_id, person_id, purpose, version) where withdrawn_at is null;
