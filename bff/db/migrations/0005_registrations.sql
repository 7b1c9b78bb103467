-- A payment may be awaited by a subject of another kind, which is woken when the payment's state changes.
alter table payment add column awaited_by text;
-- When the counterparty last pushed a message about a call.
alter table attempt add column hint_at bigint;

create table registration (
  id text primary key,
  institution text not null,
  account_id text not null references account (id),
  person_id text not null references person (id),
  patient_no_sealed text not null,
  bill_id text not null references bill (id),
  slot_no text not null,
  session_no text not null,
  department_no text not null,
  department text not null,
  doctor text not null,
  doctor_title text not null,
  place text not null,
  starts_at bigint not null,
  ends_at bigint not null,
  cancel_until bigint not null,
  amount_fen bigint not null check (amount_fen > 0),
  opened_at bigint not null,
  agreement_sealed text,
  state text not null check (state in ('reserving', 'reserved', 'booked', 'settled', 'slotGone', 'cancelled', 'lapsed')),
  goal text not null check (goal in ('booked', 'gone')),
  live bigint not null,
  pays text not null check (pays in ('credit', 'desk')),
  is_chosen bigint not null check (is_chosen in (0, 1)),
  role text check (role in ('own', 'family')),
  payment_id text references payment (id),
  reserved_until bigint,
  desk_url text,
  desk_until bigint,
  guide_json text,
  reason_code text,
  tries bigint not null,
  not_before bigint not null,
  look_at bigint not null,
  visit_id text references visit (id),
  version bigint not null,
  check (live = case when state in ('slotGone', 'cancelled', 'lapsed') then 0 else 1 end),
  check (is_chosen = 0 or (role is not null and agreement_sealed is not null)),
  check (pays = 'desk' or is_chosen = 1 or state = 'settled')
);
-- One patient has one live registration of one doctor's half day, whoever taps and how often.
create unique index registration_one_live on registration (person_id, institution, session_no) where live = 1;
create index registration_of_person on registration (person_id, institution, starts_at);
create index registration_of_visit on registration (visit_id);
