-- Trainings and tests (培训与能力测试) with who took part for which organ; money for disclosure work (相关费用).
-- kind: training, test.
create table training (
  site_id text not null,
  training_id text not null,
  kind text not null,
  title text not null,
  held_on text not null,
  ended_on text,
  place text not null,
  host_organ_id text not null,
  topics text not null,
  full_score bigint,
  pass_score bigint,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, training_id)
);
create index training_by_day on training (site_id, kind, held_on);
create unique index training_title on training (site_id, held_on, title);

create table training_participant (
  site_id text not null,
  participant_id text not null,
  training_id text not null,
  organ_id text not null,
  name text not null,
  post text not null,
  attended boolean not null,
  score bigint,
  created_at bigint not null,
  primary key (site_id, participant_id)
);
create unique index training_participant_name on training_participant (site_id, training_id, organ_id, name);

-- kind: budget (列入预算), expense (支出); purpose: publicity, administration, training, website, other.
create table finance_entry (
  site_id text not null,
  entry_id text not null,
  organ_id text not null,
  kind text not null,
  year bigint not null,
  purpose text not null,
  amount_fen bigint not null,
  booked_on text not null,
  voucher text not null,
  note text not null,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, entry_id)
);
create index finance_entry_by_year on finance_entry (site_id, year, kind, purpose);
create unique index finance_entry_voucher on finance_entry (site_id, organ_id, kind, year, voucher, purpose);
