-- Money that goes back, one row for each part that the counterparty is asked for (C 二（一）5). What is reserved stands in the payment's own row.
create table refund (
  id text primary key,
  institution text not null,
  payment_id text not null references payment (id),
  channel text not null,
  person_id text not null,
  terms_sealed text not null,
  state text not null,
  goal text not null,
  live bigint not null,
  amount_fen bigint not null check (amount_fen > 0),
  queue text not null check (queue in ('manual', 'daily')),
  acct_date text,
  not_before bigint not null,
  recheck bigint not null check (recheck in (0, 1)),
  refusals bigint not null check (refusals >= 0),
  reason_code text,
  opened_at bigint not null,
  awaited_by text,
  version bigint not null,
  check (live = case when state in ('refunded', 'refused') then 0 else 1 end)
);
create index refund_of_payment on refund (payment_id);
-- What waits for money, in the order of application.
create index refund_waiting on refund (institution, queue, opened_at, id) where state = 'waiting';
