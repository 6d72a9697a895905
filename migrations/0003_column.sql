-- Columns (栏目) of a site: a tree.
create table site_column (
  site_id text not null,
  column_id text not null,
  parent_column_id text,
  code text not null,
  name text not null,
  column_type text not null,
  owner_organ_id text,
  update_interval_days bigint,
  description text not null,
  keywords text not null,
  key_area text,
  statutory_items text not null,
  content_types text not null,
  sort bigint not null,
  version bigint not null,
  primary key (site_id, column_id)
);
create unique index site_column_code on site_column (site_id, code);
