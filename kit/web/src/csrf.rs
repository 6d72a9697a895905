//! The token in every form that shows the request comes from our own page: a MAC over the session
//! with a fresh salt, so that compressed pages never hold the same secret twice (BREACH).
//!
//! It has no clock and stores nothing: a token is good as long as its session.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Random bytes in front of each token.
pub type Salt = [u8; 16];

/// The server's key for tokens.
#[derive(Clone)]
pub struct CsrfKey([u8; 32]);

impl CsrfKey {
    /// A key of 32 random bytes, the same on every node.
    pub fn new(key: [u8; 32]) -> Self {
        CsrfKey(key)
    }

    /// The token for a form shown in this session; the salt must be random.
    pub fn token(&self, session: &str, salt: Salt) -> String {
        let mac = self.mac(session, &salt).finalize().into_bytes();
        salt.iter().chain(mac.iter()).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether the token belongs to this session; compared in constant time.
    pub fn accepts(&self, session: &str, token: &str) -> bool {
        let Some(bytes) = from_hex(token) else {
            return false;
        };
        let Some((salt, mac)) = bytes.split_at_checked(16) else {
            return false;
        };
        self.mac(session, salt).verify_slice(mac).is_ok()
    }

    fn mac(&self, session: &str, salt: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        // The salt has a fixed length, so salt and session cannot flow into one another.
        mac.update(b"form ");
        mac.update(salt);
        mac.update(session.as_bytes());
        mac
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if text.len() != 96 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_session_and_key_only() {
        let key = CsrfKey::new([1; 32]);
        let token = key.token("session", [7; 16]);
        assert!(key.accepts("session", &token));
        assert!(!key.accepts("other", &token) && !key.accepts("", &token));
        assert!(!CsrfKey::new([2; 32]).accepts("session", &token));
        assert_ne!(token, key.token("session", [8; 16]));
    }

    #[test]
    fn a_changed_or_misshapen_token_is_refused() {
        let key = CsrfKey::new([1; 32]);
        let token = key.token("session", [7; 16]);
        for at in 0..token.len() {
            let other = if token.as_bytes()[at] == b'0' { "1" } else { "0" };
            let mut changed = token.clone();
            changed.replace_range(at..=at, other);
            assert!(!key.accepts("session", &changed));
        }
        let longer = format!("{token}00");
        for wrong in ["", "zz", &token[..94], &longer, &"政".repeat(32)] {
            assert!(!key.accepts("session", wrong));
        }
    }
}
