-- What is being written, by organ and by its newest change: the lists of the desk.
create index edition_by_state on edition (site_id, state, created_at);
