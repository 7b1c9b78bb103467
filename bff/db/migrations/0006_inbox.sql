-- Messages that counterparties pushed, as they came. The raw text is sealed: it may name people of whom nothing else is known here.
create table inbox (
  id text primary key,
  institution text not null,
  source text not null,
  dedupe_key text not null,
  kind text not null,
  -- Our serial that the message speaks of, so that what was left undone can be done without opening the message again.
  serial text,
  raw_sealed text not null,
  received_at bigint not null,
  done_at bigint
);
create unique index inbox_once on inbox (source, institution, dedupe_key);
create index inbox_undone on inbox (received_at) where done_at is null;
