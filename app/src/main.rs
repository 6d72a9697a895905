//! The product.
mod portal {
    pub mod page;
}
fn main() {}
