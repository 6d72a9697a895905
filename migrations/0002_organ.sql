-- Administrative organs with validity in time; a changed name is a further row of organ_name.
create table organ (
  site_id text not null,
  organ_id text not null,
  code text not null,
  kind text not null,
  parent_organ_id text,
  short_name text not null,
  duties text not null,
  contact text not null,
  valid_from_on text,
  valid_to_on text,
  sort bigint not null,
  version bigint not null,
  primary key (site_id, organ_id)
);
create unique index organ_code on organ (site_id, code);

create table organ_name (
  site_id text not null,
  organ_id text not null,
  name text not null,
  from_on text not null,
  to_on text,
  primary key (site_id, organ_id, from_on)
);
create index organ_name_by_name on organ_name (site_id, name);

-- Merge, split, rename: dated records with their basis.
create table organ_change (
  site_id text not null,
  change_id text not null,
  kind text not null,
  changed_on text not null,
  note text not null,
  basis text not null,
  primary key (site_id, change_id)
);

create table organ_change_part (
  site_id text not null,
  change_id text not null,
  organ_id text not null,
  role text not null,
  primary key (site_id, change_id, organ_id, role)
);
create index organ_change_part_by_organ on organ_change_part (site_id, organ_id);
