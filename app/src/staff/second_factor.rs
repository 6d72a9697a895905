//! The second factor: a time-based code (TOTP, RFC 6238) from a telephone, or a recovery code from a sheet of paper.
//! A code is good once. The secret is sealed; recovery codes are kept as marks.

use anyhow::anyhow;
use kit_db::Tx;
use totp_rs::{Builder, Totp};

use super::queries;
use crate::{
    audit::{self, Act},
    cx::Cx,
    error::{Error, Refusal, Result},
    id::AccountId,
};

/// Recovery codes handed out at once.
const CODES: usize = 10;
/// Length of the shared secret in bytes (RFC 4226 §4: at least 16, 20 recommended).
const SECRET: usize = 20;

/// What the person needs to set the telephone up.
pub struct Enrolment {
    /// The secret as people type it, in groups.
    pub secret: String,
    /// The address behind the QR code, `otpauth://…`.
    pub address: String,
}

/// Begins: a fresh secret that counts only after [`confirm`].
///
/// # Errors
/// Refused when a second factor is set up already.
pub fn begin(tx: &mut Tx<'_>, cx: &Cx, account_id: &AccountId, issuer: &str) -> Result<Enrolment> {
    let account = queries::account(tx, &cx.site_id, account_id)?.ok_or(Error::NotFound)?;
    if account.has_second_factor {
        return Err(Refusal::Invalid("已设置动态口令；如需更换，请安全管理员先重置".to_owned()).into());
    }
    let secret: String = cx.ids.bytes::<SECRET>().iter().map(|byte| format!("{byte:02x}")).collect();
    queries::set_totp(tx, &cx.site_id, account_id, Some(&cx.seal(&place(account_id), &secret)), None)?;
    enrolment(&secret, &account.login, issuer)
}

/// The enrolment that was begun, to be shown again after a wrong code; none where there is none.
pub fn begun(tx: &mut Tx<'_>, cx: &Cx, account_id: &AccountId, issuer: &str) -> Result<Option<Enrolment>> {
    let account = queries::account(tx, &cx.site_id, account_id)?.ok_or(Error::NotFound)?;
    match secret(tx, cx, account_id)? {
        Some(secret) if !account.has_second_factor => Ok(Some(enrolment(&secret, &account.login, issuer)?)),
        _ => Ok(None),
    }
}

/// What a person types or scans for a secret in hexadecimal digits.
///
/// # Errors
/// When the secret is shorter than 16 bytes.
pub fn enrolment(secret: &str, login: &str, issuer: &str) -> Result<Enrolment> {
    // A colon would end the issuer in the address.
    let issuer: String = issuer.replace(':', "：");
    let totp = Builder::new().with_secret(bytes(secret)).with_account_name(login).with_issuer(Some(issuer));
    let totp = totp.build().map_err(|error| anyhow!("{error}"))?;
    let typed = totp.secret().to_base32();
    let groups: Vec<String> =
        typed.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    Ok(Enrolment { secret: groups.join(" "), address: totp.to_url().map_err(|error| anyhow!("{error}"))? })
}

/// Ends the enrolment with a first right code and gives the recovery codes, which nobody can read again.
///
/// # Errors
/// Refused when the code is wrong.
pub fn confirm(tx: &mut Tx<'_>, cx: &Cx, account_id: &AccountId, code: &str) -> Result<Vec<String>> {
    let Some(step) = step(tx, cx, account_id, code)? else {
        return Err(Refusal::Invalid("动态口令不正确，请核对手机时间后输入新的 6 位数字".to_owned()).into());
    };
    queries::confirm_totp(tx, &cx.site_id, account_id, cx.at, step)?;
    let codes: Vec<String> = (0..CODES).map(|_| recovery_code(cx)).collect();
    queries::forget_recovery_codes(tx, &cx.site_id, account_id)?;
    for code in &codes {
        queries::insert_recovery_code(tx, &cx.site_id, account_id, &mark(cx, account_id, code))?;
    }
    record(tx, cx, "staff.second_factor_set", account_id)?;
    Ok(codes)
}

/// Sets up a second factor whose secret (hexadecimal digits) is known beforehand; for the accounts of the demonstration.
pub fn install(tx: &mut Tx<'_>, cx: &Cx, account_id: &AccountId, secret: &str) -> Result<()> {
    let sealed = cx.seal(&place(account_id), secret);
    queries::set_totp(tx, &cx.site_id, account_id, Some(&sealed), None)?;
    queries::confirm_totp(tx, &cx.site_id, account_id, cx.at, 0)?;
    record(tx, cx, "staff.second_factor_set", account_id)
}

/// The code that belongs to a secret (hexadecimal digits) at a moment.
///
/// # Errors
/// When the secret is shorter than 16 bytes.
pub fn code(secret: &str, at: i64) -> Result<String> {
    Ok(totp(secret)?.generate(u64::try_from(at / 1_000).unwrap_or_default()).to_string())
}

/// Takes the second factor away, so that it can be set up anew.
pub fn reset(tx: &mut Tx<'_>, cx: &Cx, account_id: &AccountId) -> Result<()> {
    queries::set_totp(tx, &cx.site_id, account_id, None, None)?;
    queries::forget_recovery_codes(tx, &cx.site_id, account_id)?;
    super::session::end_others(tx, cx, account_id, None)?;
    record(tx, cx, "staff.second_factor_reset", account_id)
}

/// Whether a code is right and was not used before; it is used up by that.
pub fn accept(tx: &mut Tx<'_>, cx: &Cx, account_id: &AccountId, code: &str) -> Result<bool> {
    if let Some(step) = step(tx, cx, account_id, code)? {
        // No row is changed where this step or a later one was taken before: the same code a second time.
        return Ok(queries::take_totp_step(tx, &cx.site_id, account_id, step)? == 1);
    }
    let mark = mark(cx, account_id, &code.to_ascii_lowercase().replace([' ', '-'], ""));
    let used = queries::use_recovery_code(tx, &cx.site_id, account_id, &mark, cx.at)? == 1;
    if used {
        record(tx, cx, "staff.recovery_code_used", account_id)?;
    }
    Ok(used)
}

fn step(tx: &mut Tx<'_>, cx: &Cx, account_id: &AccountId, code: &str) -> Result<Option<i64>> {
    let Some(secret) = secret(tx, cx, account_id)? else { return Ok(None) };
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(cx.at / 1_000).unwrap_or_default();
    Ok(totp(&secret)?.check(&digits, seconds).and_then(|step| i64::try_from(step).ok()))
}

fn secret(tx: &mut Tx<'_>, cx: &Cx, account_id: &AccountId) -> Result<Option<String>> {
    let sealed = queries::totp_sealed(tx, &cx.site_id, account_id)?;
    Ok(sealed.and_then(|sealed| cx.secrets.open_sealed(&place(account_id), &sealed)))
}

fn totp(secret: &str) -> Result<Totp> {
    let totp = Builder::new().with_secret(bytes(secret)).with_account_name("account");
    Ok(totp.build().map_err(|error| anyhow!("{error}"))?)
}

fn bytes(secret: &str) -> Vec<u8> {
    let pairs = secret.as_bytes().chunks(2);
    let digits = |pair: &[u8]| u8::from_str_radix(&String::from_utf8_lossy(pair), 16).unwrap_or_default();
    pairs.map(digits).collect()
}

/// Ten letters and digits that cannot be mistaken for one another.
fn recovery_code(cx: &Cx) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let letters = cx.ids.bytes::<10>();
    letters.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

fn mark(cx: &Cx, account_id: &AccountId, code: &str) -> String {
    cx.secrets.mark("recovery", &format!("{}:{code}", account_id.0))
}

fn place(account_id: &AccountId) -> String {
    format!("staff_account.totp:{}", account_id.0)
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, account_id: &AccountId) -> Result<()> {
    let act = Act { action, object_kind: "account", object_id: &account_id.0, detail: "" };
    audit::actions::record(tx, cx, act)
}

/// The code of the moment, for tests.
#[cfg(test)]
pub fn code_at(tx: &mut Tx<'_>, cx: &Cx, account_id: &AccountId, at: i64) -> String {
    let secret = secret(tx, cx, account_id).unwrap().unwrap();
    self::code(&secret, at).unwrap()
}
