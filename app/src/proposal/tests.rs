//! Stories of proposal.
