-- The second factor of staff, and what is known of a session besides its secret (security.md 5).

-- What an authenticator app counts with. The secret is sealed with the key of the business.
create table second_factor (
  staff bigint primary key references staff(id),
  secret_ct bytea not null,
  state text not null,                       -- offered | active
  last_step bigint not null,                 -- newest 30-second step whose code was accepted; never accepted again
  failures bigint not null,
  locked_until bigint,
  created_at bigint not null
);

-- One-time codes for a lost telephone: SHA-256 of 80 random bits. A used one is gone.
create table recovery_code (
  staff bigint not null references staff(id),
  digest bytea not null,
  primary key (staff, digest)
);

-- Between a right password and the code: what the browser holds meanwhile is not a session and opens nothing.
create table sign_in_step (
  digest bytea primary key,
  staff bigint not null references staff(id),
  expires_at bigint not null
);

-- From when on the second factor is asked for, once somebody has been reminded long enough.
alter table staff add column factor_due_at bigint;

-- Browser and system in two words of ours, never the header itself.
alter table session add column device text;
-- Until when dangerous acts need no new proof.
alter table session add column elevated_until bigint;
-- The first digest of a session that was given new ones since: form codes and open pages hold on to it.
alter table session add column root bytea;
