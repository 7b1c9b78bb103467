-- What was asked to go back, by a patient or by the hospital, and what the hospital decided (product.md §8). Texts that people write are sealed.
create table refund_request (
  id text primary key,
  institution text not null,
  request_no text not null,
  account_id text references account (id),
  person_id text not null references person (id),
  target_kind text not null check (target_kind in ('visit', 'registration')),
  target_id text not null,
  asked_by text not null check (asked_by in ('patient', 'hospital')),
  cause text not null,
  note_sealed text,
  items_json text not null,
  asked_fen bigint not null check (asked_fen > 0),
  body_hash text not null,
  opened_at bigint not null,
  state text not null check (state in ('asked', 'approving', 'accepted', 'done', 'declined', 'withdrawn')),
  goal text not null check (goal in ('decided', 'gone')),
  accepted_json text,
  accepted_fen bigint,
  decided_by text,
  approved_by text,
  decision_sealed text,
  decided_at bigint,
  approved_at bigint,
  done_at bigint,
  is_told bigint not null check (is_told in (0, 1)),
  tries bigint not null check (tries >= 0),
  not_before bigint not null,
  looks bigint not null,
  look_at bigint not null,
  version bigint not null,
  check (accepted_fen is null or accepted_fen > 0),
  check ((accepted_json is null) = (accepted_fen is null)),
  check (state not in ('approving', 'accepted', 'done') or accepted_fen is not null)
);
create unique index refund_request_number on refund_request (institution, request_no);
create index refund_request_of_target on refund_request (target_id, institution);
create index refund_request_of_person on refund_request (person_id, institution, opened_at);
-- What staff have to look after.
create index refund_request_open on refund_request (institution, opened_at) where state in ('asked', 'approving', 'accepted');

-- The parts of an accepted request, one for each payment (C 二（一）5 table 1). A lock is released, a deduction refunded.
create table refund_leg (
  request_id text not null references refund_request (id),
  payment_id text not null references payment (id),
  order_no text not null,
  way text not null check (way in ('release', 'refund')),
  amount_fen bigint not null check (amount_fen > 0),
  refund_id text references refund (id),
  primary key (request_id, payment_id),
  check ((way = 'refund') = (refund_id is not null))
);
