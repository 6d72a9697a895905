-- A site is a tenant: one government's portal with its own organs, columns and records.
create table site (
  site_id text not null primary key,
  code text not null unique,
  name text not null,
  short_name text not null,
  tagline text not null,
  domain text not null,
  identification_code text not null,
  region_code text not null,
  organ_code text not null,
  index_number_pattern text not null,
  theme text not null,
  demonstration boolean not null,
  mourning boolean not null,
  contact text not null,
  footer text not null,
  created_at bigint not null,
  version bigint not null
);

create table site_host (
  host text not null primary key,
  site_id text not null
);

-- Numbers that must come in order without gaps: index numbers, public numbers, positions of feed and audit log.
create table counter (
  site_id text not null,
  name text not null,
  value bigint not null,
  primary key (site_id, name)
);
