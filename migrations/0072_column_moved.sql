-- Where the address of a closed column leads.
create table column_moved (
  site_id text not null,
  code text not null,
  to_column_id text not null,
  primary key (site_id, code)
);
