-- Copies of checkpoints held by others (security.md 4.3): where each was put and how that ended. Told by place, not by
-- person: the chat of the owner stands in the settings only.
create table anchor_delivery (
  kind text not null,                        -- folder, message; alarm = the owner was told that there is none
  place text not null,                       -- the folder, or kind/name of the bot
  size bigint not null,                      -- entries the checkpoint covers
  at bigint not null,                        -- of the last try, ms
  tries bigint not null,
  outcome text not null,                     -- ok, or a word for what was in the way
  primary key (kind, place, size)
);

-- Copies that this journal does not continue and that an owner has accepted at a start (security.md 4.5).
create table anchor_accepted (
  size bigint not null,
  root bytea not null,
  seq bigint not null,                       -- the leaf that tells of it
  primary key (size, root)
);

-- Words of the house beside a leaf, sealed with the installation's key; the leaf holds their salted commitment.
create table audit_note (
  seq bigint primary key,
  salt_ct bytea not null,
  note_ct bytea not null
);
