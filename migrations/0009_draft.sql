-- Who has an edition open and who changed its text: presence while somebody writes, afterwards the list of its authors.
create table draft_editor (
  site_id text not null,
  edition_id text not null,
  login text not null,
  opened_at bigint not null,
  seen_at bigint not null,
  edited_at bigint,
  primary key (site_id, edition_id, login)
);
create index draft_editor_by_login on draft_editor (site_id, login, edited_at);

-- What an edition said after each save: the last fifty, one for each editor and minute.
create table draft_save (
  site_id text not null,
  edition_id text not null,
  version bigint not null,
  login text not null,
  begun_at bigint not null,
  saved_at bigint not null,
  content text not null,
  primary key (site_id, edition_id, version)
);

-- Files on their way in: what has arrived lies beside the store until it is whole.
create table draft_upload (
  site_id text not null,
  upload_id text not null,
  edition_id text not null,
  login text not null,
  purpose text not null,
  name text not null,
  size bigint not null,
  received bigint not null,
  state text not null,
  outcome text,
  created_at bigint not null,
  touched_at bigint not null,
  primary key (site_id, upload_id)
);
create index draft_upload_by_touch on draft_upload (site_id, state, touched_at);

-- Files taken off a draft, so that they can be put back.
create table draft_removed_file (
  site_id text not null,
  edition_id text not null,
  attachment_id text not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  sha256 text not null,
  removed_at bigint not null,
  primary key (site_id, edition_id, attachment_id)
);
