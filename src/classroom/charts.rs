//! Charts drawn by hand: SVG with a title and a description, and the same numbers in a table under each.

use maud::{Markup, PreEscaped, html};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 380.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 28.0;
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
    /// It counts things: there is nothing between whole numbers.
    counts: bool,
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
        let pad = if high - low < 1e-9 { 1.0 } else { (high - low) * 0.05 };
        Scale { low: low - pad, high: high + pad, from, to, counts: false }
    }
    fn at(self, x: f64) -> f64 {
        self.from + (x - self.low) / (self.high - self.low) * (self.to - self.from)
    }
}

fn begin(title: &str, desc: &str) -> String {
    begin_with(title, desc, HEIGHT)
}

fn begin_with(title: &str, desc: &str, height: f64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\"><title>{}</title><desc>{}</desc><rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>",
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

/// Round numbers within a scale, about five.
fn ticks(scale: Scale) -> Vec<f64> {
    let rough = (scale.high - scale.low) / 5.0;
    let ten = [1e-3, 0.01, 0.1, 1.0, 10.0, 100.0, 1e3, 1e4, 1e5].into_iter().rfind(|t| *t <= rough).unwrap_or(1e-3);
    let step = [1.0, 2.0, 5.0, 10.0].map(|k| k * ten).into_iter().find(|s| *s >= rough).unwrap_or(10.0 * ten);
    let first = (scale.low / step - 1e-9).ceil() as i64;
    (first..first + 12).map(|i| i as f64 * step).take_while(|x| *x <= scale.high + 1e-9 * step).collect()
}

fn tick(x: f64) -> String {
    let x = if x.abs() < 1e-9 { 0.0 } else { x };
    if x.fract().abs() < 1e-9 { format!("{x:.0}") } else { format!("{x:.1}") }.replace('-', "−")
}

fn axes(x: Scale, y: Scale, x_name: &str, y_name: &str) -> String {
    let mut out = String::new();
    for v in ticks(y) {
        out += &line(LEFT, y.at(v), WIDTH - RIGHT, y.at(v), "#e1e6eb", false);
        out += &text(LEFT - 6.0, y.at(v) + 4.0, "end", &tick(v));
    }
    for v in ticks(x).into_iter().filter(|v| !x.counts || v.fract().abs() < 1e-9) {
        out += &line(x.at(v), HEIGHT - BOTTOM, x.at(v), HEIGHT - BOTTOM + 4.0, "#57606a", false);
        out += &text(x.at(v), HEIGHT - BOTTOM + 18.0, "middle", &tick(v));
    }
    out += &line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "#57606a", false);
    out += &line(LEFT, TOP, LEFT, HEIGHT - BOTTOM, "#57606a", false);
    out += &text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10.0, "middle", x_name);
    out += &text(8.0, TOP - 8.0, "start", y_name);
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

/// A bar: its name, how long it is, and the group it belongs to, which gives its colour; none is shaded.
pub type Bar = (String, f64, Option<usize>);

/// Bars on their sides, of shares from 0 to 1 ("%"), of numbers in a unit, or of counts ("").
pub fn bars(title: &str, desc: &str, rows: &[Bar], unit: &str) -> String {
    let high = rows.iter().map(|r| r.1).fold(1e-9, f64::max).max(if unit == "%" { 1.0 } else { 0.0 });
    let step = 36.0;
    let height = 16.0 + step * rows.len().max(1) as f64;
    let (from, to) = (290.0, WIDTH - 90.0);
    let mut out = begin_with(title, desc, height);
    out += "<defs><pattern id=\"shade\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\" fill=\"#c9d1d9\"/><path d=\"M0 8L8 0\" stroke=\"#444\" stroke-width=\"2\"/></pattern></defs>";
    if rows.is_empty() {
        out += &text(WIDTH / 2.0, height / 2.0 + 4.0, "middle", "nothing to show");
    }
    for (i, (name, x, group)) in rows.iter().enumerate() {
        let y = 8.0 + step * i as f64;
        let w = (to - from) * (x / high).clamp(0.0, 1.0);
        let said = match unit {
            "%" => format!("{:.0} %", 100.0 * x),
            "" => format!("{x:.0}"),
            unit => format!("{x:.1} {unit}"),
        };
        out += &text(from - 8.0, y + step * 0.5 + 4.0, "end", &name.chars().take(42).collect::<String>());
        let ink = group.map_or("url(#shade)", |g| INKS[g % INKS.len()]);
        out += &line(from, y, from, y + step, "#57606a", false);
        out += &format!("<rect x=\"{from}\" y=\"{:.1}\" width=\"{w:.1}\" height=\"24\" fill=\"{ink}\"/>", y + 6.0);
        out += &text(from + w + 6.0, y + step * 0.5 + 4.0, "start", &said);
    }
    out + "</svg>"
}

/// What lies behind the points of a scatter.
#[derive(Debug, Clone, Default)]
pub struct Behind {
    /// A cloud: both values, and which of two colours.
    pub cloud: Vec<(f64, f64, bool)>,
    /// Where dashed lines cross.
    pub cross: Option<(f64, f64)>,
    /// A line.
    pub line: Vec<(f64, f64)>,
    /// Places that the scales reach to, with nothing drawn there.
    pub reach: Vec<(f64, f64)>,
}

/// Points of tables over what lies behind them.
pub fn scatter(title: &str, desc: &str, names: (&str, &str), back: &Behind, points: &[(String, f64, f64)]) -> String {
    let all = || {
        let points = points.iter().map(|p| (p.1, p.2));
        back.cloud
            .iter()
            .map(|c| (c.0, c.1))
            .chain(points)
            .chain(back.cross)
            .chain(back.line.iter().chain(&back.reach).copied())
    };
    let x = Scale::over(all().map(|p| p.0), LEFT, WIDTH - RIGHT);
    let y = Scale::over(all().map(|p| p.1), HEIGHT - BOTTOM, TOP);
    let mut out = begin(title, desc) + &axes(x, y, names.0, names.1);
    for (a, b, deal) in &back.cloud {
        let ink = if *deal { "#7fa8d1" } else { "#c9a27f" };
        out += &format!("<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"2\" fill=\"{ink}\"/>", x.at(*a), y.at(*b));
    }
    if let Some((a, b)) = back.cross {
        out += &line(x.at(a), TOP, x.at(a), HEIGHT - BOTTOM, "#b34700", true);
        out += &line(LEFT, y.at(b), WIDTH - RIGHT, y.at(b), "#b34700", true);
    }
    let frontier: Vec<String> = back.line.iter().map(|(a, b)| format!("{:.1},{:.1}", x.at(*a), y.at(*b))).collect();
    if !frontier.is_empty() {
        out += &format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"#2b7a3d\" stroke-width=\"2\"/>",
            frontier.join(" ")
        );
    }
    let mut placed: Vec<(f64, f64)> = vec![];
    for (i, (name, a, b)) in points.iter().enumerate() {
        let (px, mut py) = (x.at(*a), y.at(*b) + 4.0);
        out += &mark(i, px, y.at(*b));
        // Names of points that lie together are written below each other, with a line to their point.
        let place = py;
        while placed.iter().any(|(qx, qy)| (qx - px).abs() < 150.0 && (qy - py).abs() < 14.0) {
            py += 14.0;
        }
        if py - place > 1.0 {
            let x = if px > WIDTH - 110.0 { px - 9.0 } else { px + 9.0 };
            out += &line(px, y.at(*b), x, py - 4.0, "#57606a", false);
        }
        placed.push((px, py));
        let (at, anchor) = if px > WIDTH - 110.0 { (px - 11.0, "end") } else { (px + 11.0, "start") };
        out += &text(at, py, anchor, name);
    }
    out + "</svg>"
}

/// Lines of shares over numbered steps, with their names on top.
pub fn lines(title: &str, desc: &str, names: (&str, &str), series: &[(String, Vec<f64>)]) -> String {
    let n = series.iter().map(|s| s.1.len()).max().unwrap_or(1).max(2);
    let x = Scale { low: 1.0, high: n as f64, from: LEFT, to: WIDTH - RIGHT, counts: true };
    let y = Scale { low: 0.0, high: 1.0, from: HEIGHT - BOTTOM, to: TOP + 26.0, counts: false };
    let mut out = begin(title, desc) + &axes(x, y, names.0, names.1);
    for (i, (name, values)) in series.iter().enumerate() {
        let ink = INKS[i % INKS.len()];
        let places: Vec<(f64, f64)> =
            values.iter().enumerate().map(|(k, v)| (x.at(k as f64 + 1.0), y.at(*v))).collect();
        let points: Vec<String> = places.iter().map(|(a, b)| format!("{a:.1},{b:.1}")).collect();
        let stroke = format!("stroke=\"{ink}\" stroke-width=\"3\" stroke-dasharray=\"{}\"", ["", "8 4", "2 4"][i % 3]);
        out += &format!("<polyline points=\"{}\" fill=\"none\" {stroke}/>", points.join(" "));
        if places.len() < 8 {
            for (a, b) in &places {
                out += &format!("<circle cx=\"{a:.1}\" cy=\"{b:.1}\" r=\"5\" fill=\"{ink}\"/>");
            }
        }
        let step = (WIDTH - LEFT - RIGHT) / series.len().max(4) as f64;
        let at = LEFT + 10.0 + step * i as f64;
        out += &format!("<path d=\"M{at:.1} {:.1} h28\" {stroke}/>", TOP + 8.0);
        out += &text(at + 34.0, TOP + 12.0, "start", name);
    }
    out + "</svg>"
}

/// A fan: from week `first`, the lines below which a tenth, a quarter, half, three quarters and nine tenths lie.
pub fn fan(title: &str, desc: &str, names: (&str, &str), first: u32, weeks: &[[f64; 5]]) -> String {
    let at = |i: usize| f64::from(first) + i as f64;
    let x = Scale { low: at(0), high: at(weeks.len().max(2) - 1), from: LEFT, to: WIDTH - RIGHT, counts: true };
    let y = Scale::over(weeks.iter().flatten().copied(), HEIGHT - BOTTOM, TOP);
    let mut out = begin(title, desc) + &axes(x, y, names.0, names.1);
    let edge =
        |line: usize| weeks.iter().enumerate().map(move |(i, w)| format!("{:.1},{:.1}", x.at(at(i)), y.at(w[line])));
    for (low, high, ink) in [(0, 4, "#cfe0f1"), (1, 3, "#8fb8de")] {
        let band: Vec<String> = edge(low).chain(edge(high).rev()).collect();
        out += &format!("<polygon points=\"{}\" fill=\"{ink}\"/>", band.join(" "));
    }
    let middle: Vec<String> = edge(2).collect();
    out +=
        &format!("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"3\"/>", middle.join(" "), INKS[0]);
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
        let svg = bars("<t>", "d\"", &[("<script>x</script>".into(), 0.5, None)], "%");
        assert!(!svg.contains("<script") && svg.contains("&lt;script") && svg.contains("50 %"));
        assert!(scatter("t", "d", ("a", "b"), &Behind::default(), &[]).contains("<title>t</title>"));
    }

    #[test]
    fn scales_are_marked_by_round_numbers() {
        let scale = |low, high| Scale { low, high, from: 0.0, to: 1.0, counts: false };
        assert_eq!(
            ticks(scale(0.0, 1.0)).iter().map(|x| tick(*x)).collect::<Vec<_>>().join(" "),
            "0 0.2 0.4 0.6 0.8 1"
        );
        assert_eq!(ticks(scale(-139.0, 46.0)), [-100.0, -50.0, 0.0]);
        assert_eq!(ticks(scale(1.0, 27.0)), [10.0, 20.0]);
    }
}
