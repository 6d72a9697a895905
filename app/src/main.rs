//! The product.
mod import {
    pub mod reading;
}
fn main() {}
