-- Calls that the intent log knows and this database does not, because it was put back from a copy (docs/operations.md, Restore).
create table lost_call (
  institution text not null,
  channel text not null,
  serial text not null,
  kind text not null,
  step text not null,
  bill_kind text not null,
  his_no text not null,
  rev bigint not null,
  trade_date text not null,
  amount_fen bigint not null,
  first_sent_at bigint not null,
  last_sent_at bigint not null,
  -- How the counterparty says that it stands; null until it was asked.
  stands text,
  -- The payment that goes on with the serial.
  taken_by text,
  primary key (institution, channel, serial)
);
create index lost_call_of_bill on lost_call (institution, bill_kind, his_no, rev);
