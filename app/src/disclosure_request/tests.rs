//! Stories of disclosure_request.
