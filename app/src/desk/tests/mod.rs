//! Who may do what, asked of the router itself: every address of the desk, every role, the own organ, another one and
//! another site; and that no person alone, whatever the roles, brings a record to the public.

mod addresses;
mod alone;
mod permission;
mod registers;
mod table;
mod world;
