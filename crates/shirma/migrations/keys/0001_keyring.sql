-- The second store: wrapped keys only. It is backed up apart from the data and for a shorter time (security.md 2.3, 12).

create table installation (
  id bigint primary key,                     -- always 1
  name text not null,                        -- random, public: bound into every sealed value
  salt bytea not null,                       -- for a passphrase
  memory_kib bigint not null,                -- cost of the passphrase
  passes bigint not null,
  created_at bigint not null
);

create table keyring (
  id text primary key,
  purpose text not null,
  version bigint not null,
  state text not null,                       -- active | decrypt_only | destroyed
  parent text not null,
  wrapped bytea not null
);

create table subject_key (
  subject bigint not null,
  section text not null,                     -- general | medical
  generation bigint not null,
  parent_version bigint not null,
  wrapped bytea not null,
  created_at bigint not null,
  primary key (subject, section, generation)
);

create table epoch_key (
  day bigint primary key,                    -- days since 1970-01-01, UTC
  generation bigint not null,
  parent_version bigint not null,
  wrapped bytea not null
);
