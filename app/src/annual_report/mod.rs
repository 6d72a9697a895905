//! The annual report (年度报告) on the work of open government information: Art. 50 of the Regulations; up to the year 2018
//! without a national text format. Its figures are counted from the records and registers; nobody types them.

pub mod comparison;
pub mod document;
pub mod form;
