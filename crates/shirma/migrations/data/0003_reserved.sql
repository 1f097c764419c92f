-- Stands in for a migration that is written elsewhere; it goes when that one comes.
create table reserved_0003 (id bigint primary key);
