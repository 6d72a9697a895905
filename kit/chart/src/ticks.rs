//! Round numbers for an axis: 1, 2, 2.5 or 5 times a power of ten, from zero.
//!
//! It does NOT choose anything but steps; a baseline above zero would make bars lie.

/// The ticks of an axis that starts at zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    /// The distance of two ticks.
    pub step: f64,
    /// Zero, the step, … up to the end of the axis.
    pub values: Vec<f64>,
}

impl Ticks {
    /// The end of the axis: at least the greatest number.
    pub fn end(&self) -> f64 {
        self.values.last().copied().unwrap_or(1.0)
    }
}

/// At most `most` ticks above zero (at least 1) that reach `greatest`. Whole numbers get whole steps.
pub fn ticks(greatest: f64, most: usize, whole: bool) -> Ticks {
    let greatest = if greatest.is_finite() && greatest > 0.0 { greatest.min(1e15) } else { 1.0 };
    let most = most.max(1) as f64;
    let step = round_step(greatest / most, whole);
    // A hair of tolerance: 0.3 / 0.1 is a little above 3.
    let n_steps = ((greatest / step) - 1e-9).ceil().max(1.0) as usize;
    Ticks { step, values: (0..=n_steps).map(|n| n as f64 * step).collect() }
}

/// The least of 1, 2, 2.5, 5 × 10ⁿ that is at least `raw`.
fn round_step(raw: f64, whole: bool) -> f64 {
    let mut power = raw.log10().floor() as i32 - 1;
    loop {
        for factor in [1.0, 2.0, 2.5, 5.0] {
            // Dividing keeps 0.1 and 0.25 exact where multiplying by 0.1 does not.
            let step = if power < 0 { factor / 10_f64.powi(-power) } else { factor * 10_f64.powi(power) };
            let fits = !whole || step.fract() == 0.0;
            if fits && step >= raw * (1.0 - 1e-12) {
                return step;
            }
        }
        power += 1;
    }
}

/// A number as it is written: separators, no needless decimals (`1,234`, `2.5`, `0.125`).
pub fn format_number(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::with_capacity(text.len() + 4);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}
