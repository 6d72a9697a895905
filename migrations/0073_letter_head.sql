-- What stands on letters of the site: the mark of the issuer (发文机关标志) and the registry's line (版记).
create table site_letter_head (
  site_id text not null primary key,
  issuer_mark text not null,
  registry text not null
);
