//! Charts drawn by hand: SVG with a title and a description, and the same numbers in a table under each.

use maud::{Markup, PreEscaped, html};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 380.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 50.0;
/// Colours that stay apart for most eyes; marks differ in shape too.
const INKS: [&str; 6] = ["#0b5cad", "#b34700", "#2b7a3d", "#7a3b9a", "#8a6d00", "#444444"];

/// A chart and the words around it.
#[derive(Debug, Clone, Default)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// The question it is for.
    pub question: String,
    /// What it is drawn from: n, interval, limits.
    pub note: String,
    /// The drawing.
    pub svg: String,
    /// The column heads of its table.
    pub heads: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// Text made safe.
fn safe(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A scale from numbers to places.
#[derive(Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    fn over(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Scale {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for x in values.filter(|x| x.is_finite()) {
            (low, high) = (low.min(x), high.max(x));
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        let pad = ((high - low) * 0.05).max(1e-6);
        Scale { low: low - pad, high: high + pad, from, to }
    }
    fn at(self, x: f64) -> f64 {
        self.from + (x - self.low) / (self.high - self.low) * (self.to - self.from)
    }
}

fn begin(title: &str, desc: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\"><title>{}</title><desc>{}</desc><rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>",
        safe(title),
        safe(desc)
    )
}

fn text(x: f64, y: f64, anchor: &str, said: &str) -> String {
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"#1b1f24\">{}</text>", safe(said))
}

fn line(x1: f64, y1: f64, x2: f64, y2: f64, ink: &str, dash: bool) -> String {
    let dash = if dash { " stroke-dasharray=\"5 4\"" } else { "" };
    format!("<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{ink}\"{dash}/>")
}

fn axes(x: Scale, y: Scale, x_name: &str, y_name: &str, places: usize) -> String {
    let mut out = String::new();
    for i in 0..5 {
        let t = f64::from(i) / 4.0;
        let (vx, vy) = (x.low + t * (x.high - x.low), y.low + t * (y.high - y.low));
        out += &line(LEFT, y.at(vy), WIDTH - RIGHT, y.at(vy), "#e1e6eb", false);
        out += &text(LEFT - 6.0, y.at(vy) + 4.0, "end", &format!("{vy:.places$}"));
        out += &text(x.at(vx), HEIGHT - BOTTOM + 18.0, "middle", &format!("{vx:.places$}"));
    }
    out += &line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "#57606a", false);
    out += &line(LEFT, TOP, LEFT, HEIGHT - BOTTOM, "#57606a", false);
    out += &text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10.0, "middle", x_name);
    out += &text(LEFT, TOP - 6.0, "start", y_name);
    out
}

fn mark(i: usize, x: f64, y: f64) -> String {
    let ink = INKS[i % INKS.len()];
    match i % 3 {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"7\" fill=\"{ink}\"/>"),
        1 => format!("<rect x=\"{:.1}\" y=\"{:.1}\" width=\"13\" height=\"13\" fill=\"{ink}\"/>", x - 6.5, y - 6.5),
        _ => format!("<path d=\"M{x:.1} {:.1} l8 14 h-16 z\" fill=\"{ink}\"/>", y - 8.0),
    }
}

/// Bars on their sides, of shares from 0 to 1 or of numbers.
pub fn bars(title: &str, desc: &str, rows: &[(String, f64)], unit: &str) -> String {
    let high = rows.iter().map(|r| r.1).fold(1e-9, f64::max).max(if unit == "%" { 1.0 } else { 0.0 });
    let step = (HEIGHT - TOP - 20.0) / rows.len().max(1) as f64;
    let (from, to) = (260.0, WIDTH - 80.0);
    let mut out = begin(title, desc);
    for (i, (name, x)) in rows.iter().enumerate() {
        let y = TOP + step * i as f64;
        let w = (to - from) * (x / high).clamp(0.0, 1.0);
        let said = if unit == "%" { format!("{:.0} %", 100.0 * x) } else { format!("{x:.1} {unit}") };
        out += &text(from - 8.0, y + step * 0.5 + 4.0, "end", &name.chars().take(38).collect::<String>());
        let h = (step * 0.7).min(34.0);
        out += &format!(
            "<rect x=\"{from}\" y=\"{:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" fill=\"{}\"/>",
            y + (step - h) / 2.0,
            INKS[i % 2]
        );
        out += &text(from + w + 6.0, y + step * 0.5 + 4.0, "start", &said);
    }
    out + "</svg>"
}

/// Points of tables over a cloud.
pub fn scatter(
    title: &str,
    desc: &str,
    names: (&str, &str),
    cloud: &[(f64, f64, bool)],
    points: &[(String, f64, f64)],
    lines: Option<(f64, f64)>,
) -> String {
    let xs = cloud.iter().map(|c| c.0).chain(points.iter().map(|p| p.1)).chain(lines.map(|l| l.0));
    let ys = cloud.iter().map(|c| c.1).chain(points.iter().map(|p| p.2)).chain(lines.map(|l| l.1));
    let x = Scale::over(xs, LEFT, WIDTH - RIGHT);
    let y = Scale::over(ys, HEIGHT - BOTTOM, TOP);
    let mut out = begin(title, desc) + &axes(x, y, names.0, names.1, 0);
    for (a, b, deal) in cloud {
        let ink = if *deal { "#7fa8d1" } else { "#c9a27f" };
        out += &format!("<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"2\" fill=\"{ink}\"/>", x.at(*a), y.at(*b));
    }
    if let Some((a, b)) = lines {
        out += &line(x.at(a), TOP, x.at(a), HEIGHT - BOTTOM, "#b34700", true);
        out += &line(LEFT, y.at(b), WIDTH - RIGHT, y.at(b), "#b34700", true);
    }
    for (i, (name, a, b)) in points.iter().enumerate() {
        out += &mark(i, x.at(*a), y.at(*b));
        out += &text(x.at(*a) + 11.0, y.at(*b) + 4.0, "start", name);
    }
    out + "</svg>"
}

/// Lines over numbered steps.
pub fn lines(title: &str, desc: &str, names: (&str, &str), series: &[(String, Vec<f64>)]) -> String {
    let n = series.iter().map(|s| s.1.len()).max().unwrap_or(1).max(2);
    let x = Scale { low: 1.0, high: n as f64, from: LEFT, to: WIDTH - RIGHT - 70.0 };
    let y = Scale { low: 0.0, high: 1.0, from: HEIGHT - BOTTOM, to: TOP };
    let mut out = begin(title, desc) + &axes(x, y, names.0, names.1, 1);
    for (i, (name, values)) in series.iter().enumerate() {
        let ink = INKS[i % INKS.len()];
        let points: Vec<String> =
            values.iter().enumerate().map(|(k, v)| format!("{:.1},{:.1}", x.at(k as f64 + 1.0), y.at(*v))).collect();
        let dash = ["", "8 4", "2 4"][i % 3];
        out += &format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"3\" stroke-dasharray=\"{dash}\"/>",
            points.join(" ")
        );
        if let Some(last) = values.last() {
            out += &text(x.at(values.len() as f64) + 6.0, y.at(*last) + 4.0 + 14.0 * i as f64, "start", name);
        }
    }
    out + "</svg>"
}

/// A chart with its question before and its table under it.
pub fn figure(number: usize, chart: &Chart) -> Markup {
    html! {
        figure {
            figcaption { (number) ". " (chart.title) }
            p { strong { (chart.question) } }
            (PreEscaped(&chart.svg))
            p.chart-note { (chart.note) }
            details { summary { "The numbers" }
                table {
                    thead { tr { @for head in &chart.heads { th { (head) } } } }
                    tbody { @for row in &chart.rows { tr { @for cell in row { td { (cell) } } } } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_a_drawing() {
        let svg = bars("<t>", "d\"", &[("<script>x</script>".into(), 0.5)], "%");
        assert!(!svg.contains("<script") && svg.contains("&lt;script") && svg.contains("50 %"));
        assert!(scatter("t", "d", ("a", "b"), &[], &[], None).contains("<title>t</title>"));
    }
}
