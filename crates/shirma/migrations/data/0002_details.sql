-- What a record of the journal says in free words, kept apart so that it can be erased while the journal stands
-- (security.md 4.1): the leaf holds SHA-256(0x02 | salt | detail). Salt and words are sealed with the person's key.
create table audit_detail (
  seq bigint primary key,                    -- number of the leaf
  subject bigint not null references subject(id),
  salt_ct bytea not null,
  detail_ct bytea not null
);
create index audit_detail_by_subject on audit_detail (subject);
