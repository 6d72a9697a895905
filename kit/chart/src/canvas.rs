//! Writing SVG: shapes and texts at places in pixels, in a look.
//!
//! It uses no styles, scripts or ids, so that many pictures can stand in one page under a strict policy.

use std::fmt::Write;

use crate::{
    figure::Figure,
    look::{Hue, Look, Rule, Tone},
    text::{Anchor, Type, escape, short, wrap},
};

const FONTS: &str = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif";
const MARGIN: f64 = 24.0;

/// A picture being drawn. Places are inside its margins.
pub(crate) struct Canvas<'a> {
    pub look: &'a Look,
    /// The width inside the margins.
    pub width: f64,
    left: f64,
    top: f64,
    height: f64,
    out: String,
}

/// A box in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl<'a> Canvas<'a> {
    pub(crate) fn new(look: &'a Look, width: f64) -> Canvas<'a> {
        let margin = if matches!(look, Look::Sheet(_)) { MARGIN } else { 0.0 };
        Canvas {
            look,
            width: width - 2.0 * margin,
            left: margin,
            top: margin,
            height: 0.0,
            out: String::with_capacity(8192),
        }
    }

    /// Title and caption of a picture that stands alone.
    pub(crate) fn heading(&mut self, figure: &Figure) {
        if !matches!(self.look, Look::Sheet(_)) {
            return;
        }
        let mut y = 0.0;
        let title = Type::VALUE.sized(20.0);
        for line in wrap(&figure.title, title.size, self.width, 3) {
            y += 28.0;
            self.text(title, 0.0, y - 8.0, &line);
        }
        if !figure.takeaway.is_empty() {
            let say = Type::LABEL.sized(15.0);
            for line in wrap(&figure.takeaway, say.size, self.width, 4) {
                y += 24.0;
                self.text(say, 0.0, y - 6.0, &line);
            }
        }
        self.top += y + 20.0;
    }

    /// Says that the picture is at least this high.
    pub(crate) fn reach(&mut self, y: f64) {
        self.height = self.height.max(y);
    }

    /// A mark; a hatched one gets its lines.
    pub(crate) fn mark(&mut self, tone: Tone, area: Area) {
        if area.width <= 0.0 || area.height <= 0.0 {
            return;
        }
        // The outline is drawn inside.
        let inset = if tone.outlined { 0.5_f64.min(area.width / 2.0).min(area.height / 2.0) } else { 0.0 };
        let inner = Area {
            x: area.x + inset,
            y: area.y + inset,
            width: (area.width - 2.0 * inset).max(0.1),
            height: (area.height - 2.0 * inset).max(0.1),
        };
        let fill = self.look.fill(tone);
        self.put_rect(&fill, inner);
        if tone.hatched {
            let path = hatch(&self.moved(inner));
            let stroke = self.look.stroke(tone.hue);
            self.put(format_args!("<path {stroke} d=\"{path}\"/>"));
        }
    }

    /// Many equal marks as one shape, for fields without a name.
    pub(crate) fn fields(&mut self, tone: Tone, areas: &[Area]) {
        if areas.is_empty() {
            return;
        }
        let mut path = String::new();
        for area in areas {
            let (x, y) = (short(area.x + self.left), short(area.y + self.top));
            let (width, height) = (short(area.width), short(area.height));
            path.push_str(&format!("M{x} {y}h{width}v{height}h-{width}z"));
        }
        let fill = self.look.fill(tone);
        self.put(format_args!("<path {fill} d=\"{path}\"/>"));
    }

    /// A box in the ground's colour, behind a text.
    pub(crate) fn plate(&mut self, area: Area) {
        let fill = self.look.ground();
        self.put_rect(&fill, area);
    }

    fn put_rect(&mut self, attributes: &str, area: Area) {
        let area = self.moved(area);
        self.put(format_args!(
            "<rect {attributes} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            short(area.x),
            short(area.y),
            short(area.width),
            short(area.height)
        ));
    }

    /// A hairline.
    pub(crate) fn rule(&mut self, rule: Rule, from: (f64, f64), to: (f64, f64)) {
        let attributes = self.look.rule(rule);
        self.put(format_args!(
            "<line {attributes} x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
            short(from.0 + self.left),
            short(from.1 + self.top),
            short(to.0 + self.left),
            short(to.1 + self.top)
        ));
    }

    /// A field that is not seen, under which a name can appear.
    pub(crate) fn clear(&mut self, area: Area) {
        self.put_rect("fill-opacity=\"0\"", area);
    }

    /// A line through points.
    pub(crate) fn polyline(&mut self, hue: Hue, points: &[(f64, f64)], more: &str) {
        let at = |&(x, y): &(f64, f64)| format!("{},{}", short(x + self.left), short(y + self.top));
        let points: Vec<String> = points.iter().map(at).collect();
        let stroke = self.look.stroke(hue);
        self.put(format_args!("<polyline {stroke} {more} points=\"{}\"/>", points.join(" ")));
    }

    /// A closed shape with straight sides.
    pub(crate) fn polygon(&mut self, tone: Tone, points: &[(f64, f64)]) {
        let at = |&(x, y): &(f64, f64)| format!("{},{}", short(x + self.left), short(y + self.top));
        let points: Vec<String> = points.iter().map(at).collect();
        let fill = self.look.fill(tone);
        self.put(format_args!("<polygon {fill} points=\"{}\"/>", points.join(" ")));
    }

    /// A dot with a rim of paper.
    pub(crate) fn dot(&mut self, tone: Tone, (x, y): (f64, f64), radius: f64) {
        let (x, y) = (short(x + self.left), short(y + self.top));
        let (ground, fill) = (self.look.ground(), self.look.fill(tone));
        self.put(format_args!("<circle {ground} cx=\"{x}\" cy=\"{y}\" r=\"{}\"/>", short(radius + 1.5)));
        self.put(format_args!("<circle {fill} cx=\"{x}\" cy=\"{y}\" r=\"{}\"/>", short(radius)));
    }

    /// A piece of a ring, and lines across it where it is hatched. Angles in turns from the top.
    pub(crate) fn sector(&mut self, tone: Tone, ring: &crate::ring::Round, from: f64, to: f64) {
        let moved = ring.moved(self.left, self.top);
        let fill = self.look.fill(tone);
        self.put(format_args!("<path {fill} fill-rule=\"evenodd\" d=\"{}\"/>", moved.sector(from, to)));
        if tone.hatched {
            let stroke = self.look.stroke(tone.hue);
            self.put(format_args!("<path {stroke} d=\"{}\"/>", moved.spokes(from, to)));
        }
    }

    /// A text with its baseline at `y`.
    pub(crate) fn text(&mut self, style: Type, x: f64, y: f64, text: &str) {
        let anchor = match style.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if style.strong { " font-weight=\"600\"" } else { "" };
        let voice = self.look.voice(style.voice);
        self.put(format_args!(
            "<text {voice} x=\"{}\" y=\"{}\" font-size=\"{}\"{anchor}{weight}>{}</text>",
            short(x + self.left),
            short(y + self.top),
            short(style.size),
            escape(text)
        ));
    }

    /// The middle nearest to the wished one at which something this wide stays inside.
    pub(crate) fn kept_inside(&self, middle: f64, half: f64) -> f64 {
        middle.clamp(half.min(self.width / 2.0), (self.width - half).max(self.width / 2.0))
    }

    /// Opens a group whose name appears under the pointer.
    pub(crate) fn group(&mut self, name: &str) {
        self.put(format_args!("<g><title>{}</title>", escape(name)));
    }

    pub(crate) fn end_group(&mut self) {
        self.out.push_str("</g>");
    }

    fn moved(&self, area: Area) -> Area {
        Area { x: area.x + self.left, y: area.y + self.top, ..area }
    }

    fn put(&mut self, what: std::fmt::Arguments<'_>) {
        self.out.write_fmt(what).expect("writing to a string cannot fail");
    }

    /// The picture, named for those who cannot see it.
    pub(crate) fn finish(self, title: &str, description: &str) -> String {
        let width = short(self.width + 2.0 * self.left);
        let height = short((self.top + self.height + self.left).ceil());
        let (fonts, ground) = match self.look {
            Look::Page => ("inherit", String::new()),
            Look::Paper(_) => (FONTS, String::new()),
            Look::Sheet(_) => {
                let fill = self.look.ground();
                (FONTS, format!("<rect {fill} width=\"{width}\" height=\"{height}\"/>"))
            }
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" fill=\"currentColor\" font-family=\"{fonts}\">\
             <title>{}</title><desc>{}</desc>{ground}{}</svg>",
            escape(title),
            escape(description),
            self.out
        )
    }
}

/// Lines from lower left to upper right inside a box.
fn hatch(area: &Area) -> String {
    const STEP: f64 = 5.0;
    let mut path = String::new();
    let reach = area.width + area.height;
    // At least one line in the smallest box.
    let mut at = STEP.min(reach / 2.0);
    while at < reach {
        // The line x + y = at, measured from the upper left corner.
        let (x1, y1) = if at <= area.height { (0.0, at) } else { (at - area.height, area.height) };
        let (x2, y2) = if at <= area.width { (at, 0.0) } else { (area.width, at - area.width) };
        let place = |x: f64, y: f64| format!("{} {}", short(area.x + x), short(area.y + y));
        path.push_str(&format!("M{}L{}", place(x1, y1), place(x2, y2)));
        at += STEP;
    }
    path
}
