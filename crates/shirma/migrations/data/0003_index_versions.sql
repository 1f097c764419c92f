-- By which version of the derivation secret an index was made: the former secret is destroyed once nothing hangs on it.
alter table identity add column blind_version bigint not null default 1;
alter table blind_index add column blind_version bigint not null default 1;
