//! What a chart is drawn on: SVG, line by line, with words that cannot break out of it.

use super::palette::{Fill, Ink, Scheme};

/// How wide a chart is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For a desk and for paper.
    Wide,
    /// For a phone.
    Narrow,
}

impl Form {
    /// In the units of a drawing, which are pixels where it is not scaled.
    pub fn width(self) -> f64 {
        match self {
            Form::Wide => 720.0,
            Form::Narrow => 308.0,
        }
    }
}

/// The size of words.
pub const SIZE: f64 = 14.0;

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pen {
    /// Its colour.
    pub ink: Ink,
    /// How wide it is.
    pub width: f64,
    /// The lengths of dashes and gaps; an empty text is a solid line.
    pub dash: &'static str,
}

impl Pen {
    /// A solid line.
    pub fn solid(ink: Ink, width: f64) -> Pen {
        Pen { ink, width, dash: "" }
    }

    /// The line of a party: solid for the second by name, dashed for the first.
    pub fn side(place: usize) -> Pen {
        Pen { ink: Ink::side(place), width: 3.0, dash: if place.is_multiple_of(2) { "10 3" } else { "" } }
    }

    /// The line of the n-th thing that has no colour of its own.
    pub fn other(n: usize) -> Pen {
        Pen { ink: Ink::other(n), width: 3.0, dash: ["", "8 4", "2 4"][n % 3] }
    }
}

/// Which side of its place a word stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It lies over it.
    Middle,
    /// It ends there.
    End,
}

/// A mark of a point: its shape says what its colour says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Round.
    Circle,
    /// Square.
    Square,
    /// A triangle.
    Triangle,
}

impl Mark {
    /// The mark of the n-th thing that has no mark of its own.
    pub fn other(n: usize) -> Mark {
        [Mark::Circle, Mark::Square, Mark::Triangle][n % 3]
    }
}

/// A drawing under way.
#[derive(Debug, Clone)]
pub struct Canvas {
    form: Form,
    scheme: Scheme,
    id: String,
    body: String,
    patterns: Vec<Fill>,
}

/// Text made safe.
pub fn safe(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// About how wide words are at a size: a little more than most fonts take.
pub fn width(words: &str, size: f64) -> f64 {
    let em = |c: char| match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | 'I' => 0.33,
        'f' | 'r' | 't' | '-' | '(' | ')' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.95,
        'A'..='Z' => 0.7,
        _ => 0.635,
    };
    words.chars().map(em).sum::<f64>() * size
}

/// Words cut to a width, with a mark where something is missing.
pub fn cut(words: &str, size: f64, room: f64) -> String {
    if width(words, size) <= room {
        return words.to_string();
    }
    let mut out = String::new();
    for c in words.chars() {
        if width(&out, size) + width(&c.to_string(), size) + 0.6 * size > room {
            break;
        }
        out.push(c);
    }
    out.trim_end().to_string() + "…"
}

/// Words in lines of a width.
pub fn wrapped(words: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let last = lines.last_mut().expect("one at least");
        if !last.is_empty() && width(last, size) + width(word, size) + 0.34 * size > room {
            lines.push(word.to_string());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

impl Canvas {
    /// A new one; `id` keeps its patterns apart from those of other drawings on a page.
    pub fn new(form: Form, scheme: Scheme, id: &str) -> Canvas {
        Canvas { form, scheme, id: id.into(), body: String::new(), patterns: vec![] }
    }

    /// How wide it is.
    pub fn form(&self) -> Form {
        self.form
    }

    /// How wide it is, in its units.
    pub fn width(&self) -> f64 {
        self.form.width()
    }

    fn colour(&self, ink: Ink) -> String {
        ink.colour(self.scheme)
    }

    fn fill(&mut self, fill: Fill) -> String {
        match fill {
            Fill::Plain(ink) => format!("fill=\"{}\"", self.colour(ink)),
            Fill::Tint(ink, part) => {
                format!("fill=\"{}\" fill-opacity=\"{}\"", self.colour(ink), f64::from(part) / 100.0)
            }
            Fill::Hatch(_) | Fill::Dots(_) => {
                let at = self.patterns.iter().position(|known| *known == fill).unwrap_or_else(|| {
                    self.patterns.push(fill);
                    self.patterns.len() - 1
                });
                format!("fill=\"url(#{}p{at})\"", self.id)
            }
        }
    }

    fn pattern(&self, at: usize, fill: Fill) -> String {
        let (ink, paper) = (self.colour(fill.ink()), self.colour(Ink::Paper));
        let drawn = match fill {
            Fill::Dots(_) => format!(
                "<rect width=\"7\" height=\"7\" fill=\"{ink}\" fill-opacity=\"0.45\"/><circle cx=\"3.5\" cy=\"3.5\" r=\"1.7\" fill=\"{ink}\" stroke=\"{}\" stroke-width=\"0.5\"/>",
                self.colour(Ink::Edge)
            ),
            _ => format!(
                "<rect width=\"7\" height=\"7\" fill=\"{ink}\"/><path d=\"M-1 1L1 -1M0 7L7 0M6 8L8 6\" stroke=\"{paper}\" stroke-width=\"1.6\"/>"
            ),
        };
        format!(
            "<pattern id=\"{}p{at}\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\">{drawn}</pattern>",
            self.id
        )
    }

    fn stroke(&self, pen: Pen) -> String {
        let dash = if pen.dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{}\"", pen.dash) };
        format!("stroke=\"{}\" stroke-width=\"{}\"{dash}", self.colour(pen.ink), pen.width)
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), pen: Pen) {
        let stroke = self.stroke(pen);
        self.body +=
            &format!("<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" fill=\"none\" {stroke}/>", from.0, from.1, to.0, to.1);
    }

    /// A line through places.
    pub fn path(&mut self, places: &[(f64, f64)], pen: Pen) {
        let stroke = self.stroke(pen);
        self.body += &format!("<path d=\"{}\" fill=\"none\" stroke-linejoin=\"round\" {stroke}/>", through(places));
    }

    /// A surface between places, with an edge where one is drawn.
    pub fn area(&mut self, places: &[(f64, f64)], fill: Fill, edge: bool) {
        let (fill, edge) = (self.fill(fill), self.edge(edge));
        self.body += &format!("<path d=\"{}Z\" {fill}{edge}/>", through(places));
    }

    fn edge(&self, drawn: bool) -> String {
        if drawn { format!(" stroke=\"{}\" stroke-width=\"1\"", self.colour(Ink::Edge)) } else { String::new() }
    }

    /// A rectangle, with an edge where one is drawn.
    pub fn rect(&mut self, (x, y): (f64, f64), (w, h): (f64, f64), fill: Fill, edge: bool) {
        let (fill, edge) = (self.fill(fill), self.edge(edge));
        self.body += &format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" {fill}{edge}/>",
            w.max(0.0),
            h.max(0.0)
        );
    }

    /// Small dots: their shape says what their colour says; `part` per cent of them is seen.
    pub fn dots(&mut self, places: &[(f64, f64)], fill: Fill, part: u8) {
        let (ink, seen) = (self.colour(fill.ink()), f64::from(part) / 100.0);
        let open = matches!(fill, Fill::Hatch(_) | Fill::Dots(_));
        self.body += &match open {
            true => format!("<g fill=\"none\" stroke=\"{ink}\" stroke-width=\"1.2\" stroke-opacity=\"{seen}\">"),
            false => format!("<g fill=\"{ink}\" fill-opacity=\"{seen}\">"),
        };
        for (x, y) in places {
            self.body += &match fill {
                Fill::Hatch(_) => format!("<path d=\"M{:.1} {:.1}l4 4m0 -4l-4 4\"/>", x - 2.0, y - 2.0),
                Fill::Plain(Ink::Mini) => format!("<path d=\"M{:.1} {:.1}h4v4h-4z\"/>", x - 2.0, y - 2.0),
                _ => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.2\"/>"),
            };
        }
        self.body += "</g>";
    }

    /// A mark, with paper around it so that it stands out of lines.
    pub fn mark(&mut self, mark: Mark, (x, y): (f64, f64), radius: f64, ink: Ink) {
        let (fill, paper) = (self.colour(ink), self.colour(Ink::Paper));
        let around = format!("fill=\"{fill}\" stroke=\"{paper}\" stroke-width=\"1.5\"");
        let (r, side) = (radius, 1.8 * radius);
        self.body += &match mark {
            Mark::Circle => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r}\" {around}/>"),
            Mark::Square => {
                let (x, y) = (x - side / 2.0, y - side / 2.0);
                format!("<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{side:.1}\" height=\"{side:.1}\" {around}/>")
            }
            Mark::Triangle => {
                let (top, half) = (y - 1.15 * r, 1.1 * r);
                format!("<path d=\"M{x:.1} {top:.1}l{half:.1} {:.1}h{:.1}Z\" {around}/>", 2.0 * r, -2.0 * half)
            }
        };
    }

    /// A small flag at the top of a line in time.
    pub fn flag(&mut self, (x, y): (f64, f64), ink: Ink) {
        let fill = self.colour(ink);
        self.body += &format!("<path d=\"M{x:.1} {y:.1}l8 3.5l-8 3.5Z\" fill=\"{fill}\"/>");
    }

    /// Words.
    pub fn text(&mut self, at: (f64, f64), anchor: Anchor, words: &str, ink: Ink) {
        self.words(at, anchor, words, ink, "");
    }

    /// Words that matter most.
    pub fn strong(&mut self, at: (f64, f64), anchor: Anchor, words: &str) {
        self.words(at, anchor, words, Ink::Text, " font-weight=\"600\"");
    }

    /// Smaller words.
    pub fn small(&mut self, at: (f64, f64), anchor: Anchor, words: &str) {
        self.words(at, anchor, words, Ink::Soft, " font-size=\"12\"");
    }

    /// Words over data, with paper around them.
    pub fn words_on(&mut self, at: (f64, f64), anchor: Anchor, words: &str, ink: Ink) {
        let paper = self.colour(Ink::Paper);
        let around = format!(" stroke=\"{paper}\" stroke-width=\"4\" paint-order=\"stroke\" stroke-linejoin=\"round\"");
        self.words(at, anchor, words, ink, &around);
    }

    fn words(&mut self, (x, y): (f64, f64), anchor: Anchor, words: &str, ink: Ink, more: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let ink = self.colour(ink);
        self.body += &format!("<text x=\"{x:.1}\" y=\"{y:.1}\"{anchor} fill=\"{ink}\"{more}>{}</text>", safe(words));
    }

    /// What fills stand for: beside each other where there is room; the height it takes.
    pub fn legend(&mut self, top: f64, entries: &[(&str, Fill)]) -> f64 {
        let (columns, step) = self.columns();
        for (i, (name, fill)) in entries.iter().enumerate() {
            let (x, y) = self.entry(top, i);
            self.rect((x, y - 11.0), (14.0, 14.0), *fill, true);
            self.text((x + 20.0, y), Anchor::Start, &cut(name, SIZE, step - 20.0), Ink::Text);
        }
        20.0 * entries.len().div_ceil(columns) as f64
    }

    /// How many entries of a legend stand beside each other, and how far apart.
    fn columns(&self) -> (usize, f64) {
        match self.form {
            Form::Wide => (3, self.width() / 3.0),
            Form::Narrow => (1, self.width()),
        }
    }

    /// Where an entry of a legend begins.
    pub fn entry(&self, top: f64, i: usize) -> (f64, f64) {
        let (columns, step) = self.columns();
        ((i % columns) as f64 * step, top + 14.0 + 20.0 * (i / columns) as f64)
    }

    /// The drawing as a part of a page, named by its title.
    pub fn part(self, title: &str, height: f64) -> String {
        let class = match self.form {
            Form::Wide => "wide",
            Form::Narrow => "slim",
        };
        let open = self.open(title, height, &format!(" class=\"{class}\""));
        format!("{open}{}{}</svg>", self.patterned(), self.body)
    }

    /// The drawing as a file of its own: its title and what it measures above it, words below it.
    pub fn alone(self, title: &str, about: &str, below: &str, height: f64) -> String {
        let (room, width) = (self.width() - 32.0, self.width() + 32.0);
        let (mut head, mut y) = (String::new(), 16.0);
        let mut write = |lines: Vec<String>, size: f64, more: &str, ink: Ink, y: &mut f64| {
            for line in lines {
                *y += 1.3 * size;
                let ink = self.colour(ink);
                head += &format!(
                    "<text x=\"16\" y=\"{y:.1}\" font-size=\"{size}\"{more} fill=\"{ink}\">{}</text>",
                    safe(&line)
                );
            }
        };
        write(wrapped(title, 18.0, room), 18.0, " font-weight=\"600\"", Ink::Text, &mut y);
        write(wrapped(about, 13.0, room), 13.0, "", Ink::Soft, &mut y);
        let top = y + 12.0;
        y = top + height + 4.0;
        write(wrapped(below, 11.0, room), 11.0, "", Ink::Soft, &mut y);
        let paper = self.colour(Ink::Paper);
        // A page says this in its style sheet: what guards the class takes no style written into a drawing.
        let open = self.framed(title, width, y + 16.0, " style=\"font-variant-numeric:tabular-nums\"");
        format!(
            "{open}<rect width=\"{width}\" height=\"{:.0}\" fill=\"{paper}\"/>{}{head}<g transform=\"translate(16 {top:.1})\">{}</g></svg>\n",
            y + 16.0,
            self.patterned(),
            self.body
        )
    }

    fn open(&self, title: &str, height: f64, more: &str) -> String {
        self.framed(title, self.width(), height, more)
    }

    fn framed(&self, title: &str, width: f64, height: f64, more: &str) -> String {
        let size = format!("viewBox=\"0 0 {width} {height:.0}\" width=\"{width}\" height=\"{height:.0}\"");
        let font = format!("font-family=\"system-ui, sans-serif\" font-size=\"{SIZE}\"");
        let title = safe(title);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" {size}{more} role=\"img\" aria-label=\"{title}\" {font}><title>{title}</title>"
        )
    }

    fn patterned(&self) -> String {
        if self.patterns.is_empty() {
            return String::new();
        }
        let all: String = self.patterns.iter().enumerate().map(|(at, fill)| self.pattern(at, *fill)).collect();
        format!("<defs>{all}</defs>")
    }
}

fn through(places: &[(f64, f64)]) -> String {
    let mut out = String::new();
    for (i, (x, y)) in places.iter().enumerate() {
        out += &format!("{}{x:.1} {y:.1}", if i == 0 { "M" } else { "L" });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_a_drawing() {
        let mut canvas = Canvas::new(Form::Wide, Scheme::Light, "a");
        canvas.text((0.0, 0.0), Anchor::Start, "<script>x</script>", Ink::Text);
        let part = canvas.clone().part("a \"title\" </title>", 10.0);
        let alone = canvas.alone("</svg><b>", "&", "<i>", 10.0);
        assert!(!part.contains("style="), "a page that forbids styles in its text shows it");
        for drawn in [part, alone] {
            assert!(!drawn.contains("<script") && drawn.contains("&lt;script"), "{drawn}");
            assert!(
                !drawn.contains("<b>") && !drawn.contains("<i>") && drawn.matches("</svg>").count() == 1,
                "{drawn}"
            );
        }
    }

    #[test]
    fn patterns_of_two_drawings_are_apart() {
        let drawn = |id: &str| {
            let mut canvas = Canvas::new(Form::Narrow, Scheme::Page, id);
            canvas.rect((0.0, 0.0), (9.0, 9.0), Fill::Hatch(Ink::Broken), true);
            canvas.rect((0.0, 9.0), (9.0, 9.0), Fill::Hatch(Ink::Broken), true);
            canvas.part("t", 20.0)
        };
        assert_eq!(drawn("a").matches("url(#ap0)").count(), 2);
        assert_eq!(drawn("a").matches("<pattern").count(), 1);
        assert!(drawn("b").contains("id=\"bp0\"") && drawn("b").contains("var(--broken)"));
    }

    #[test]
    fn words_are_cut_and_wrapped_to_their_room() {
        assert_eq!(cut("short", 14.0, 100.0), "short");
        let short = cut("a name that is far too long for its column", 14.0, 100.0);
        assert!(short.ends_with('…') && width(&short, 14.0) <= 101.0, "{short}");
        assert!(wrapped("one two three four five six", 14.0, 80.0).iter().all(|line| width(line, 14.0) <= 80.0));
    }
}
