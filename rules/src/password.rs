//! What a password must be (domain rule 75; GB/T 22239-2019 8.1.4.1): at least eight characters of three kinds, not
//! built from the account's own name, not one that everybody tries first. It hashes nothing and knows no old password.

use thiserror::Error;

/// Fewest characters.
pub const SHORTEST: usize = 8;
/// Most characters: a longer one only costs the server time.
pub const LONGEST: usize = 128;
/// How many earlier passwords may not come back.
pub const REMEMBERED: usize = 5;

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum PasswordRefusal {
    /// Fewer than eight characters.
    #[error("shorter than eight characters")]
    TooShort,
    /// More than 128 characters.
    #[error("longer than 128 characters")]
    TooLong,
    /// Fewer than three of: capitals, small letters, digits, others.
    #[error("fewer than three kinds of characters")]
    TooUniform,
    /// It holds the account's name.
    #[error("contains the login name")]
    HoldsLogin,
    /// It is among the first that anybody tries.
    #[error("among the passwords tried first")]
    Common,
    /// It is one of the last five.
    #[error("used recently")]
    Recent,
}

/// Stems of what is tried first; a password that is nothing but one of them with digits and marks around is refused.
const STEMS: [&str; 22] = [
    "password",
    "passwd",
    "passw0rd",
    "p@ssw0rd",
    "p@ssword",
    "admin",
    "administrator",
    "root",
    "qwerty",
    "qwertyuiop",
    "asdfgh",
    "zxcvbn",
    "abc",
    "abcd",
    "abcdef",
    "iloveyou",
    "welcome",
    "letmein",
    "test",
    "gongkai",
    "zhengfu",
    "qwe",
];

/// Checks a new password of the account `login`.
pub fn check(password: &str, login: &str) -> Result<(), PasswordRefusal> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(PasswordRefusal::TooShort);
    }
    if length > LONGEST {
        return Err(PasswordRefusal::TooLong);
    }
    if kinds(password) < 3 {
        return Err(PasswordRefusal::TooUniform);
    }
    let small = password.to_lowercase();
    if login.chars().count() >= 3 && small.contains(&login.to_lowercase()) {
        return Err(PasswordRefusal::HoldsLogin);
    }
    if is_common(&small) { Err(PasswordRefusal::Common) } else { Ok(()) }
}

fn kinds(password: &str) -> usize {
    let has = |kind: fn(char) -> bool| usize::from(password.chars().any(kind));
    let other = |c: char| !c.is_ascii_alphanumeric();
    has(|c| c.is_ascii_uppercase())
        + has(|c| c.is_ascii_lowercase())
        + has(|c| c.is_ascii_digit())
        + has(other)
}

/// A stem with nothing but a run of digits and marks around it.
fn is_common(small: &str) -> bool {
    let bare = small.trim_matches(|c: char| !c.is_ascii_alphabetic());
    STEMS.contains(&bare) || STEMS.contains(&small.trim_end_matches(|c: char| !c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::{PasswordRefusal as R, check};

    #[test]
    fn each_fault_is_named() {
        for (password, login, expected) in [
            ("Ab1!xyz", "zhang", Err(R::TooShort)),
            ("abcdefgh1", "zhang", Err(R::TooUniform)),
            ("ABCDEFGH1", "zhang", Err(R::TooUniform)),
            ("Zhang-2026-x", "zhang", Err(R::HoldsLogin)),
            ("Admin@123", "zhang", Err(R::Common)),
            ("P@ssw0rd2026", "zhang", Err(R::Common)),
            ("Qwerty123!", "zhang", Err(R::Common)),
            ("林海-Songling-9", "zhang", Ok(())),
            ("correct-Horse-7", "zhang", Ok(())),
            ("Ab1!xyzw", "ab", Ok(())),
        ] {
            assert_eq!(check(password, login), expected, "{password}");
        }
        assert_eq!(check(&"Ab1!".repeat(40), "zhang"), Err(R::TooLong));
    }
}
