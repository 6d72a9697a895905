//! The stories of the index, in one test program: what is found, what is shown of it, what is kept. They touch no
//! database.

mod excerpts;
mod finding;
mod keeping;
mod world;
