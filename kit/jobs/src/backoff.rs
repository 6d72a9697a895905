//! How long a failed job rests before it is tried again: each pause doubles, up to a limit, and is spread by chance so
//! that what failed together does not come back together.

/// Pauses in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Backoff {
    /// The pause after the first failure.
    pub first: i64,
    /// The longest pause.
    pub longest: i64,
}

impl Backoff {
    /// The pause after the `failures`-th failure: three quarters to five quarters of the doubled pause, by `chance`.
    pub fn pause(&self, failures: i64, chance: u64) -> i64 {
        let doublings = u32::try_from(failures.clamp(1, 32) - 1).unwrap_or_default();
        let doubled = self.first.max(1).saturating_mul(1_i64 << doublings).min(self.longest);
        let spread = (doubled / 2).max(1);
        let drawn = i64::try_from(chance % spread.unsigned_abs()).unwrap_or_default();
        doubled - doubled / 4 + drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACKOFF: Backoff = Backoff { first: 1_000, longest: 60_000 };

    #[test]
    fn pauses_double_up_to_the_longest() {
        let without_chance = |failures| BACKOFF.pause(failures, 0) * 4 / 3;
        let pauses: Vec<i64> = [1, 2, 3, 7, 40].map(without_chance).to_vec();
        assert_eq!(pauses, [1_000, 2_000, 4_000, 60_000, 60_000]);
    }

    #[test]
    fn chance_spreads_a_pause_over_half_its_length() {
        for chance in [0, 1, 499, 500, 12_345, u64::MAX] {
            assert!((750..1_250).contains(&BACKOFF.pause(1, chance)), "{chance}");
        }
        assert_ne!(BACKOFF.pause(1, 7), BACKOFF.pause(1, 8));
    }
}
