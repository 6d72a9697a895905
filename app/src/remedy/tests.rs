//! Stories of remedy.
