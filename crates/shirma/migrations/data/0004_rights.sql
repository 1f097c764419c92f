-- Rights towards one thing, and what keeps watch over them (security.md 5): whose client it is, clients nobody has to open,
-- alarms, acts that need a second person.

alter table staff add column until_at bigint;  -- a time-limited account ends here; null = no end

-- Whose client this is: a specialist sees the clients assigned to him and those whose dialog he is responsible for.
create table assignment (
  subject bigint not null references subject(id),
  staff bigint not null references staff(id),
  assigned_by bigint not null,               -- staff
  since bigint not null,
  primary key (subject, staff)
);
create index assignment_by_staff on assignment (staff);

-- A client who does not exist: whoever opens him was only looking around.
create table honey_client (
  subject bigint primary key references subject(id),
  marked_by bigint not null,                 -- staff
  since bigint not null
);

create table alarm (
  id bigint primary key,
  kind text not null,                        -- quota | honey | prying | recovery_code
  staff bigint not null references staff(id),
  subject bigint,                            -- whose card, when there is one
  at bigint not null,
  seen_at bigint,
  seen_by bigint                             -- staff
);
create index alarm_by_time on alarm (seen_at, at);

create table two_person_request (
  id bigint primary key,
  action text not null,                      -- export | break_glass | erasure
  subject bigint,                            -- whose data, when it is one person's
  state text not null,                       -- open | approved | refused | executed
  asked_by bigint not null references staff(id),
  asked_at bigint not null,
  expires_at bigint not null,
  decided_by bigint references staff(id),
  decided_at bigint,
  executed_at bigint
);
create index two_person_request_by_time on two_person_request (asked_at);
