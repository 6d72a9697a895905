-- One row for every change that consumers (page cache, search index, later channels) must follow.
create table change_feed (
  site_id text not null,
  position bigint not null,
  kind text not null,
  document_id text,
  column_id text,
  changed_at bigint not null,
  primary key (site_id, position)
);

-- Append-only and hash-chained: each row's hash covers the one before (domain rule 77).
create table audit_entry (
  site_id text not null,
  position bigint not null,
  at bigint not null,
  actor text not null,
  action text not null,
  object_kind text not null,
  object_id text not null,
  detail text not null,
  previous_hash text not null,
  hash text not null,
  primary key (site_id, position)
);
create index audit_entry_by_object on audit_entry (site_id, object_id);
