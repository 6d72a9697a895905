//! Numbers of records: the index number (索引号) and the document number (文号, 发文字号).
//!
//! The index number identifies a record in the catalogue (《政府信息公开目录系统实施指引（试行）》); the
//! document number is what the issuing organ printed on the document (GB/T 9704-2012, 7.2.5). This
//! module composes, parses and judges them. It never changes a number that somebody printed: a
//! correction is a proposal.

mod document_number;
mod index_pattern;
mod printed_index;

pub use document_number::{DocumentNumber, DocumentNumberFault, DocumentNumberFaultKind, DocumentNumberForm};
pub use index_pattern::{ComposeError, IndexParts, IndexPattern, PatternError, SerialPeriod};
pub use printed_index::{PrintedIndexFault, PrintedIndexNumber, is_official_form};
