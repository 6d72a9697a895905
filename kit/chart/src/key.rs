//! The names of the series with a sample of their marks, where they cannot stand at the marks themselves.

use crate::{
    canvas::{Area, Canvas},
    figure::Figure,
    look::Tone,
    text::Type,
};

const SAMPLE: f64 = 12.0;
const LINE: f64 = 22.0;

/// Draws the names from the top of the picture, in as many lines as needed; the height they take.
pub(crate) fn draw(canvas: &mut Canvas<'_>, figure: &Figure, from: f64, room: f64) -> f64 {
    if figure.series.len() < 2 {
        return 0.0;
    }
    let style = Type::LABEL.sized(13.0);
    let (mut x, mut y) = (from, 0.0);
    for (at, series) in figure.series.iter().enumerate() {
        let name = style.fit(&series.name, room - SAMPLE - 6.0);
        let width = SAMPLE + 6.0 + style.width(&name);
        if x > from && x + width > from + room {
            (x, y) = (from, y + LINE);
        }
        canvas.mark(Tone::of_series(at), Area { x, y: y + 3.0, width: SAMPLE, height: SAMPLE });
        canvas.text(style, x + SAMPLE + 6.0, y + 13.5, &name);
        x += width + 20.0;
    }
    y + LINE + 6.0
}
