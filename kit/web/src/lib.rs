//! What any server-rendered web product needs around its handlers: a front that answers cached
//! pages ahead of the router, limits, files, assets, forms, and an in-process browser for tests.
//!
//! It does not route, render or know any table: the product supplies an axum `Router` and says
//! which addresses may be cached and which tags a page depends on.

pub mod assets;
pub mod client_address;
pub mod cookie;
pub mod csrf;
pub mod encoding;
pub mod files;
pub mod forms;
pub mod front;
pub mod local_path;
pub mod page;
pub mod page_cache;
pub mod rate;
pub mod security;
pub mod serve;
#[cfg(any(test, feature = "test-browser"))]
pub mod test_browser;
