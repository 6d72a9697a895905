//! An annual report on the page of its record.
