//! The product.
mod reference;
fn main() {}
