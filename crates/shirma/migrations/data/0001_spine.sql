-- Everything a message touches on its way. Columns that end in _ct hold sealed values (security.md 2.4) and nothing else;
-- every other column holds ids, times, enums and hashes. Ids are made by the program (time-ordered, 63 bits).

create table setting (
  key text primary key,
  value text not null
);

create table subject (
  id bigint primary key,
  code bigint not null unique,               -- К-0412 is 412
  state text not null,                       -- active | merged | erased
  merged_into bigint,
  gender text,                               -- m | f | null
  created_at bigint not null
);

-- One known value of a person: name, phone, e-mail. A typed one is a claim, a shared contact is a proof.
create table subject_field (
  id bigint primary key,
  subject bigint not null references subject(id),
  kind text not null,                        -- name | phone | email
  standing text not null,                    -- claimed | proven
  value_ct bytea not null,
  created_at bigint not null
);
create index subject_field_by_subject on subject_field (subject, kind);

-- Keyed hash of a normalised value (security.md 2.7): equality inside one column, nothing else.
create table blind_index (
  kind text not null,                        -- phone | email | messenger
  idx bytea not null,
  subject bigint not null references subject(id),
  standing text not null,                    -- claimed | proven
  created_at bigint not null,
  primary key (kind, idx, subject)
);

-- A person's account in one channel.
create table identity (
  id bigint primary key,
  subject bigint not null references subject(id),
  channel text not null,
  account text not null,
  blind bytea not null,
  chat_ct bytea not null,                    -- where to write to
  display_ct bytea,                          -- name or nick as the messenger shows it
  state text not null,                       -- reachable | blocked
  created_at bigint not null,
  unique (channel, account, blind)
);

-- Two cards that may be one person: for a human to decide, never merged silently.
create table same_person_hint (
  id bigint primary key,
  first_subject bigint not null references subject(id),
  second_subject bigint not null references subject(id),
  reason text not null,                      -- phone | email
  state text not null,                       -- open | same | different
  created_at bigint not null,
  unique (first_subject, second_subject, reason)
);

create table dialog (
  id bigint primary key,
  subject bigint not null references subject(id),
  identity bigint not null unique references identity(id),
  channel text not null,
  account text not null,
  state text not null,                       -- assistant | waiting | staff | closed
  responsible bigint,                        -- staff
  hand_over_reason text,                     -- asked | anger | doubt | form | held | failed | health | emergency
  staff_wrote_at bigint,
  last_client_at bigint,
  last_message_at bigint,
  last_seq bigint not null,
  unanswered_since bigint,
  created_at bigint not null
);
create index dialog_by_subject on dialog (subject);
create index dialog_by_time on dialog (last_message_at);

create table message (
  id bigint primary key,
  dialog bigint not null references dialog(id),
  subject bigint not null references subject(id),
  seq bigint not null,
  direction text not null,                   -- in | out
  author text not null,                      -- client | assistant | model | staff | elsewhere | system
  staff bigint,
  ext_id text,                               -- id at the channel, when it has one
  once text,                                 -- names one act of sending at the desk, so that a repeat changes nothing
  text_ct bytea,                             -- as written
  masked_ct bytea,                           -- as the assistant saw it
  attachments_ct bytea,
  removed_at bigint,
  edited_at bigint,
  delivery text,                             -- queued | held | sent | delivered | read | failed (null for incoming)
  note text,                                 -- why the assistant answered so, or why a person is needed; never a value
  button text,                               -- payload of a pressed button of ours
  health boolean not null,                   -- reveals a state of health (152-FZ art. 10)
  created_at bigint not null,
  unique (dialog, seq)
);
create unique index message_by_ext on message (dialog, direction, ext_id);
create unique index message_by_once on message (dialog, once);

-- The pseudonyms of one dialogue: the sealed map token <-> value.
create table dialog_token (
  dialog bigint primary key references dialog(id),
  subject bigint not null references subject(id),
  map_ct bytea not null
);

-- What the rule-based assistant remembers between two messages of one dialogue (the half-filled booking form).
create table dialog_memory (
  dialog bigint primary key references dialog(id),
  subject bigint not null references subject(id),
  memory_ct bytea not null,
  updated_at bigint not null
);

create table consent_document (
  id bigint primary key,
  purpose text not null,                     -- assistant | site_form
  version bigint not null,
  sha256 text not null,
  title text not null,
  body text not null,                        -- the exact text; it is public and names no client
  published_at bigint not null,
  unique (purpose, version)
);

-- One act of will: 152-FZ art. 9. Append-only.
create table consent_receipt (
  id bigint primary key,
  subject bigint not null references subject(id),
  dialog bigint references dialog(id),
  document bigint not null references consent_document(id),
  act text not null,                         -- granted | refused | withdrawn
  channel text not null,
  ext_id text,                               -- message or button event that carried the act
  shown_ct bytea,                            -- words shown
  answered_ct bytea,                         -- words answered
  at bigint not null
);
create index consent_receipt_by_subject on consent_receipt (subject, at);

create table enquiry (
  id bigint primary key,
  subject bigint not null references subject(id),
  dialog bigint references dialog(id),
  kind text not null,                        -- booking | question | call_back
  state text not null,                       -- open | booked | refused | answered | spam
  basis text not null,                       -- contract | consent
  wish_ct bytea,                             -- service, day and time as understood
  opened_at bigint not null,
  closed_at bigint
);
create index enquiry_by_subject on enquiry (subject, opened_at);

-- What a person asked about his data; the clock of 152-FZ art. 21.
create table subject_request (
  id bigint primary key,
  subject bigint not null references subject(id),
  dialog bigint references dialog(id),
  kind text not null,                        -- withdrawal | erasure
  state text not null,                       -- open | done
  received_at bigint not null,
  due_on text not null                       -- last calendar day, ISO
);

create table inbox (
  id bigint primary key,
  channel text not null,
  account text not null,
  ext_id text not null,
  epoch text not null,                       -- day whose key opens payload_ct
  payload_ct bytea not null,
  body_mac bytea not null,                   -- to notice the same key with another body
  state text not null,                       -- accepted | done | ignored | failed
  received_at bigint not null,
  unique (channel, account, ext_id)
);

create table job (
  id bigint primary key,
  queue text not null,                       -- read | answer | poll
  key text not null,
  lane text not null,                        -- jobs of one lane run one after another
  lane_seq bigint not null,
  subject bigint,
  target bigint not null,                    -- inbox id or message id
  state text not null,                       -- ready | leased | done | dead
  run_at bigint not null,
  attempt bigint not null,
  lease_owner text,
  lease_until bigint,
  fence bigint not null,
  last_error text,
  created_at bigint not null,
  unique (queue, key)
);
create index job_by_state on job (state, run_at);
create index job_by_lane on job (lane, lane_seq);

create table outbox (
  id bigint primary key,
  destination text not null,                 -- channel/account
  idem_key text not null,
  subject bigint not null,
  dialog bigint not null,
  message bigint,                            -- whose delivery it carries; null for a button acknowledgement
  class text not null,                       -- reply | acknowledge
  body_ct bytea not null,                    -- text with tokens, buttons; values are restored at the moment of sending
  state text not null,                       -- ready | sending | sent | failed | dead
  attempt bigint not null,
  run_at bigint not null,
  lease_owner text,
  lease_until bigint,
  fence bigint not null,
  sent_ref text,
  possible_duplicate boolean not null,
  last_error text,
  created_at bigint not null,
  unique (destination, idem_key)
);
create index outbox_by_state on outbox (state, run_at);
create index outbox_by_dialog on outbox (dialog);

-- Where a long poll goes on after a restart.
create table poll_cursor (
  channel text not null,
  account text not null,
  cursor text not null,
  primary key (channel, account)
);

create table staff (
  id bigint primary key,
  login text not null unique,
  role text not null,                        -- owner | manager | administrator
  name_ct bytea,
  password_hash text,
  state text not null,                       -- invited | active | disabled
  failures bigint not null,
  locked_until bigint,
  created_at bigint not null
);

create table sign_in_link (
  digest bytea primary key,
  staff bigint not null references staff(id),
  expires_at bigint not null,
  used_at bigint
);

create table session (
  digest bytea primary key,
  staff bigint not null references staff(id),
  label text not null,                       -- first 8 hex digits of the digest, for the journal
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null
);

-- A visitor of the chat page: the cookie's digest leads to the identity.
create table visitor (
  digest bytea primary key,
  site text not null,
  identity bigint,
  chat text not null,                        -- random id that stands for the visitor in this channel
  created_at bigint not null,
  seen_at bigint not null
);

-- How many posts one address or phone made lately: keyed hashes only.
create table rate_window (
  kind text not null,
  idx bytea not null,
  starts_at bigint not null,
  hits bigint not null,
  primary key (kind, idx, starts_at)
);
