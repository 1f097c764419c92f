-- How far the exchange of a key has come, so that a restart goes on; and when each key was exchanged last.
create table rotation (
  purpose text not null,                     -- root | general | medical | installation | audit | derivation | subject/ID
  version bigint not null,                   -- the version that came into force; for the root key a counter
  began_at bigint not null,
  finished_at bigint,                        -- null while older versions still hold something
  primary key (purpose, version)
);

-- Who was erased. No name, no value: it outlives the person's data to close them again after a restore (security.md 2.6).
create table erasure (
  subject bigint primary key,
  code bigint not null,                      -- К-0412 is 412
  reason text not null,
  ordered_at bigint not null,                -- the keys were destroyed then
  done_at bigint,                            -- the rows were deleted then; null while that is under way
  mac bytea not null                         -- keyed hash over the row: a foreign row erases nobody
);

-- Small facts about keys: when the recovery sheet was checked.
create table key_note (
  name text primary key,
  at bigint not null
);
