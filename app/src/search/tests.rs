//! Stories of this feature.
