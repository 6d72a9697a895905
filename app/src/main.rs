//! The product.
#![allow(
    dead_code,
    unused_imports,
    reason = "the features that use it are being written"
)]
mod reference;
fn main() {}
