create table visit (
  id text primary key,
  institution text not null,
  his_no text not null,
  person_id text not null references person (id),
  patient_no_sealed text not null,
  department text not null,
  doctor text not null,
  started_at bigint not null,
  state text not null check (state in ('open', 'finished')),
  in_use bigint not null check (in_use in (0, 1)),
  role text check (role in ('own', 'family')),
  reason_code text,
  agreement_sealed text,
  body_hash text not null,
  finish_hash text,
  finished_at bigint,
  version bigint not null,
  check (in_use = 0 or (role is not null and agreement_sealed is not null))
);
create unique index visit_his_number on visit (institution, his_no);
create index visit_of_person on visit (institution, person_id, started_at);
