//! Stories of training.
