-- Stands in for a migration that is written elsewhere; it goes when that one comes.
create table reserved_0004 (id bigint primary key);
