-- Stands in for a migration that is written elsewhere; it goes when that one comes.
create table reserved_0005 (id bigint primary key);
