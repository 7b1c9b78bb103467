-- A person's columns are sealed with that person's data key, which is wrapped by a master key outside the database.
-- Deleting the data_key row erases the person.

create table person (
  id text primary key,
  id_hash text not null unique,
  name_sealed text not null,
  id_number_sealed text not null,
  created_at bigint not null
);

create table data_key (
  person_id text primary key references person (id),
  wrapped text not null,
  master_key_id text not null
);
