//! How often one address may do what costs us something: a token bucket per address and class.
//!
//! It has no clock (the moment is passed in) and keeps a bounded number of buckets however many
//! addresses come. It does not decide which requests belong to which class.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What is limited together, such as searches or writes; the product numbers its classes from 0.
pub type Class = u8;

/// A bucket holds `burst` tokens and gets `per_minute` new ones a minute.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Requests that may come at once.
    pub burst: u32,
    /// Requests a minute in the long run.
    pub per_minute: u32,
}

/// Too often: worth trying again after this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryAfter(pub Duration);

#[derive(Clone, Copy)]
struct Bucket {
    /// Tokens at `since`, in thousandths.
    milli: u64,
    since: Duration,
}

type Buckets = HashMap<(IpAddr, Class), Bucket>;

/// Two generations: when the young one is full it becomes the old one and the old one is
/// forgotten. Whoever comes regularly moves along; the cost stays constant under a flood.
#[derive(Default)]
struct Generations {
    young: Buckets,
    old: Buckets,
}

/// The limiter.
pub struct RateLimiter {
    allowances: Vec<Allowance>,
    capacity: usize,
    buckets: Mutex<Generations>,
}

impl RateLimiter {
    /// `allowances[class]`; at most `2 × capacity` buckets are remembered.
    pub fn new(allowances: Vec<Allowance>, capacity: usize) -> Self {
        RateLimiter { allowances, capacity: capacity.max(1), buckets: Mutex::default() }
    }

    /// Takes one token at `now` (time since any fixed moment, never going back).
    ///
    /// A class without an allowance is not limited.
    pub fn take(&self, address: IpAddr, class: Class, now: Duration) -> Result<(), RetryAfter> {
        let Some(allowance) = self.allowances.get(usize::from(class)) else {
            return Ok(());
        };
        let full = Bucket { milli: u64::from(allowance.burst) * 1000, since: now };
        let key = (household(address), class);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.get_mut(key, full, self.capacity);
        bucket.refill(allowance, now);
        if bucket.milli >= 1000 {
            bucket.milli -= 1000;
            return Ok(());
        }
        let missing = 1000 - bucket.milli;
        // milli-tokens per millisecond is per_minute / 60.
        let wait = (missing * 60).div_ceil(u64::from(allowance.per_minute.max(1)));
        Err(RetryAfter(Duration::from_millis(wait)))
    }
}

impl Generations {
    fn get_mut(&mut self, key: (IpAddr, Class), full: Bucket, capacity: usize) -> &mut Bucket {
        if self.young.len() >= capacity && !self.young.contains_key(&key) {
            self.old = std::mem::take(&mut self.young);
        }
        let known = self.old.get(&key).copied().unwrap_or(full);
        self.young.entry(key).or_insert(known)
    }
}

impl Bucket {
    fn refill(&mut self, allowance: &Allowance, now: Duration) {
        let passed = now.saturating_sub(self.since).as_millis().min(u128::from(u32::MAX)) as u64;
        let gained = passed * u64::from(allowance.per_minute) / 60;
        if gained > 0 {
            self.milli = (self.milli + gained).min(u64::from(allowance.burst) * 1000);
            self.since = self.since.max(now);
        }
    }
}

/// One IPv6 line has a /64 at least: its addresses count as one.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEARCH: Class = 0;
    const WRITE: Class = 1;

    fn limiter(capacity: usize) -> RateLimiter {
        let search = Allowance { burst: 3, per_minute: 60 };
        let write = Allowance { burst: 1, per_minute: 6 };
        RateLimiter::new(vec![search, write], capacity)
    }

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_burst_is_allowed_and_tokens_come_back_with_time() {
        let limiter = limiter(100);
        let a = ip("203.0.113.1");
        let taken: Vec<bool> = (0..5).map(|_| limiter.take(a, SEARCH, at(0)).is_ok()).collect();
        assert_eq!(taken, [true, true, true, false, false]);
        assert_eq!(limiter.take(a, SEARCH, at(400)), Err(RetryAfter(at(600))));
        assert_eq!(limiter.take(a, SEARCH, at(1000)), Ok(()));
        assert!(limiter.take(a, SEARCH, at(1100)).is_err());
        let after_long: usize = (0..9).filter(|_| limiter.take(a, SEARCH, at(9_000_000)).is_ok()).count();
        assert_eq!(after_long, 3);
    }

    #[test]
    fn addresses_and_classes_do_not_share_tokens_but_one_ipv6_line_does() {
        let limiter = limiter(100);
        assert!(limiter.take(ip("203.0.113.1"), WRITE, at(0)).is_ok());
        assert_eq!(limiter.take(ip("203.0.113.1"), WRITE, at(0)), Err(RetryAfter(Duration::from_secs(10))));
        assert!(limiter.take(ip("::ffff:203.0.113.1"), WRITE, at(0)).is_err());
        assert!(limiter.take(ip("203.0.113.1"), SEARCH, at(0)).is_ok());
        assert!(limiter.take(ip("203.0.113.2"), WRITE, at(0)).is_ok());
        assert!(limiter.take(ip("2001:db8::1"), WRITE, at(0)).is_ok());
        assert!(limiter.take(ip("2001:db8::2"), WRITE, at(0)).is_err());
        assert!(limiter.take(ip("203.0.113.1"), 9, at(0)).is_ok());
    }

    #[test]
    fn many_small_steps_of_time_add_up() {
        let limiter = limiter(100);
        let a = ip("203.0.113.1");
        (0..3).for_each(|_| limiter.take(a, SEARCH, at(0)).unwrap());
        let got = (1..=10_000).filter(|ms| limiter.take(a, SEARCH, at(*ms)).is_ok()).count();
        assert_eq!(got, 10);
    }

    #[test]
    fn a_flood_of_addresses_neither_grows_memory_nor_frees_the_regular_offender() {
        let limiter = limiter(50);
        let offender = ip("203.0.113.1");
        (0..3).for_each(|_| limiter.take(offender, SEARCH, at(0)).unwrap());
        for n in 0..10_000u32 {
            limiter.take(IpAddr::from(n.to_be_bytes()), SEARCH, at(0)).unwrap();
            if n % 20 == 0 {
                assert!(limiter.take(offender, SEARCH, at(0)).is_err());
            }
        }
        let buckets = limiter.buckets.lock().unwrap();
        assert!(buckets.young.len() <= 50 && buckets.old.len() <= 50);
    }
}
