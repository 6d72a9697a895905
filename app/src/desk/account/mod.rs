//! The own account: signing in and out, password, second factor, sessions, roles and delegation.

pub mod own;
pub mod password;
pub mod second_factor;
pub mod sign_in;
