//! Stories of importing.
