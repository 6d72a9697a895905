//! Columns (栏目): the tree, what is set of each, and closing one, whose records go to another column and whose address
//! leads there.

pub mod close;
pub mod edit;
pub mod list;
pub mod queries;
#[cfg(test)]
mod tests;
