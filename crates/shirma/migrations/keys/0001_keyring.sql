-- The second store: wrapped keys only. It is backed up apart from the data and for a shorter time (security.md 2.3, 12).

create table installation (
  id bigint primary key,                     -- always 1
  name text not null,                        -- random, public: bound into every sealed value
  key_check bytea not null,                  -- tells a wrong root key before anything is touched
  salt bytea not null,                       -- for a passphrase
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
  purpose text not null,                     -- general | medical
  generation bigint not null,
  parent_version bigint not null,
  wrapped bytea not null,
  created_at bigint not null,
  primary key (subject, purpose, generation)
);

create table epoch_key (
  day text primary key,
  parent_version bigint not null,
  wrapped bytea not null
);
