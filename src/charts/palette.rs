//! The colours of every page and chart, light and dark: each party and each ending keeps its own everywhere, and a mark
//! or a pattern says the same in black and white.

/// What a colour stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// What all is drawn on.
    Paper,
    /// Words.
    Text,
    /// Words that matter less.
    Soft,
    /// Lines behind the data.
    Grid,
    /// Axes and the edges of bars.
    Edge,
    /// The party that is first in order of name.
    First,
    /// The party that is second in order of name.
    Second,
    /// No deal, and the truce broken.
    Broken,
    /// No deal, and the truce held.
    Held,
    /// A deal of officials.
    Mini,
    /// A deal of leaders; a deal, where there is one kind.
    Summit,
    /// What a change adds.
    More,
    /// What a change takes.
    Less,
    /// Things with no colour of their own: tables of a class, rivals of a forecast.
    Other(u8),
}

/// How many inks there are for things with no colour of their own.
pub const OTHERS: u8 = 6;

/// Each ink: its name in a style sheet, in light, in dark.
const INKS: [(Ink, &str, &str, &str); 19] = [
    (Ink::Paper, "paper", "#ffffff", "#12161b"),
    (Ink::Text, "ink", "#1b1f24", "#e6edf3"),
    (Ink::Soft, "soft", "#57606a", "#9aa5b1"),
    (Ink::Grid, "grid", "#e3e8ed", "#2a313a"),
    (Ink::Edge, "edge", "#57606a", "#9aa5b1"),
    (Ink::First, "first", "#d55e00", "#ff9e4a"),
    (Ink::Second, "second", "#0072b2", "#56b4e9"),
    (Ink::Broken, "broken", "#7a2e2e", "#c96a6a"),
    (Ink::Held, "held", "#b8a38a", "#cdbba5"),
    (Ink::Mini, "mini", "#6baed6", "#7fbce0"),
    (Ink::Summit, "summit", "#08519c", "#4a90d9"),
    (Ink::More, "more", "#1b7837", "#5aae61"),
    (Ink::Less, "less", "#762a83", "#c2a5cf"),
    (Ink::Other(0), "other0", "#0b5cad", "#6cb6ff"),
    (Ink::Other(1), "other1", "#b34700", "#f0883e"),
    (Ink::Other(2), "other2", "#2b7a3d", "#57ab5a"),
    (Ink::Other(3), "other3", "#7a3b9a", "#c297e0"),
    (Ink::Other(4), "other4", "#8a6d00", "#d9b92e"),
    (Ink::Other(5), "other5", "#444444", "#b8b8b8"),
];

/// Which colours a drawing is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Those of the page around it, by the names of its style sheet.
    Page,
    /// Dark on light, written into the drawing.
    Light,
}

impl Ink {
    /// The ink of a party, by its place in order of name.
    pub fn side(place: usize) -> Ink {
        if place.is_multiple_of(2) { Ink::First } else { Ink::Second }
    }

    /// The ink of the n-th thing that has no colour of its own.
    pub fn other(n: usize) -> Ink {
        Ink::Other((n % usize::from(OTHERS)) as u8)
    }

    /// As it is written into a drawing.
    pub fn colour(self, scheme: Scheme) -> String {
        let (_, name, light, _) = INKS.iter().find(|(ink, ..)| *ink == self).unwrap_or(&INKS[1]);
        match scheme {
            Scheme::Page => format!("var(--{name})"),
            Scheme::Light => (*light).to_string(),
        }
    }
}

/// The style sheet's names for all inks: light, and dark on screens for a reader who wants it, where `dark` selects.
pub fn css(dark: &str) -> String {
    let names = |dark: bool| -> String {
        INKS.iter().map(|(_, name, light, night)| format!("--{name}:{};", if dark { night } else { light })).collect()
    };
    format!(":root{{{}}}\n@media screen and (prefers-color-scheme:dark){{{dark}{{{}}}}}\n", names(false), names(true))
}

/// How a surface is filled: a colour is never alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fill {
    /// All of it.
    Plain(Ink),
    /// So many per cent of it.
    Tint(Ink, u8),
    /// Hatched.
    Hatch(Ink),
    /// Dotted.
    Dots(Ink),
}

impl Fill {
    /// The fill of a way to end, by its name in documents.
    pub fn ending(name: &str) -> Fill {
        match name {
            "no_deal" => Fill::Hatch(Ink::Broken),
            "extension_only" | "no_end" => Fill::Dots(Ink::Held),
            "mini_deal" => Fill::Plain(Ink::Mini),
            "summit_deal" | "deal" | "conceded" => Fill::Plain(Ink::Summit),
            _ => Fill::Plain(Ink::Other(5)),
        }
    }

    /// Its colour, whatever the pattern.
    pub fn ink(self) -> Ink {
        match self {
            Fill::Plain(ink) | Fill::Tint(ink, _) | Fill::Hatch(ink) | Fill::Dots(ink) => ink,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rgb(hex: &str) -> [f64; 3] {
        [1, 3, 5].map(|at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("two hex digits")) / 255.0)
    }

    fn linear(x: f64) -> f64 {
        if x <= 0.040_45 { x / 12.92 } else { libm::pow((x + 0.055) / 1.055, 2.4) }
    }

    fn luminance(rgb: [f64; 3]) -> f64 {
        let [r, g, b] = rgb.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// The contrast of two colours, as WCAG 2 defines it.
    fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn of(ink: Ink, dark: bool) -> [f64; 3] {
        let (_, _, light, night) = INKS.iter().find(|(i, ..)| *i == ink).expect("every ink has its colours");
        rgb(if dark { night } else { light })
    }

    #[test]
    fn every_ink_stands_out_in_both_schemes() {
        assert_eq!(contrast([0.0; 3], [1.0; 3]).round(), 21.0);
        for dark in [false, true] {
            let paper = of(Ink::Paper, dark);
            for ink in [Ink::Text, Ink::Soft, Ink::More, Ink::Less] {
                let found = contrast(of(ink, dark), paper);
                assert!(found >= 4.5, "words in {ink:?}, dark {dark}: {found:.2}");
            }
            // Light fills (a truce held, a mini deal) are bounded by an edge, which every bar and band has.
            let bounded = [Ink::Paper, Ink::Grid, Ink::Held, Ink::Mini];
            for (ink, ..) in INKS.iter().filter(|(ink, ..)| !bounded.contains(ink)) {
                let found = contrast(of(*ink, dark), paper);
                assert!(found >= 3.0, "marks in {ink:?}, dark {dark}: {found:.2}");
            }
            // The cells of a matrix are tinted by 40 % at most, and words stand on them.
            for ink in [Ink::More, Ink::Less, Ink::Summit] {
                let (tint, paper) = (of(ink, dark), of(Ink::Paper, dark));
                let mixed = [0, 1, 2].map(|i| 0.4 * tint[i] + 0.6 * paper[i]);
                let found = contrast(of(Ink::Text, dark), mixed);
                assert!(found >= 4.5, "words on {ink:?}, dark {dark}: {found:.2}");
            }
        }
    }

    /// What an eye without one kind of cones sees (Machado, Oliveira and Fernandes 2009, full severity).
    fn seen(kind: usize, [r, g, b]: [f64; 3]) -> [f64; 3] {
        const KINDS: [[[f64; 3]; 3]; 3] = [
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_82, 0.042_94, 0.968_881]],
            [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_9]],
        ];
        let [r, g, b] = [r, g, b].map(linear);
        KINDS[kind].map(|[x, y, z]| (x * r + y * g + z * b).clamp(0.0, 1.0))
    }

    /// How far two colours lie apart for an eye: CIE 1976, from linear light.
    fn apart(a: [f64; 3], b: [f64; 3]) -> f64 {
        let lab = |[r, g, b]: [f64; 3]| {
            let x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505;
            let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
            let z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089;
            let f = |t: f64| if t > 0.008_856 { libm::cbrt(t) } else { 7.787 * t + 16.0 / 116.0 };
            [116.0 * f(y) - 16.0, 500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z))]
        };
        let (a, b) = (lab(a), lab(b));
        (0..3).map(|i| (a[i] - b[i]) * (a[i] - b[i])).sum::<f64>().sqrt()
    }

    #[test]
    fn colours_that_stand_side_by_side_stay_apart_for_colour_blind_eyes() {
        let groups: [&[Ink]; 3] =
            [&[Ink::First, Ink::Second], &[Ink::Broken, Ink::Held, Ink::Mini, Ink::Summit], &[Ink::More, Ink::Less]];
        for dark in [false, true] {
            for kind in 0..3 {
                for group in groups {
                    for (i, a) in group.iter().enumerate() {
                        for b in &group[..i] {
                            let found = apart(seen(kind, of(*a, dark)), seen(kind, of(*b, dark)));
                            assert!(found > 12.0, "{a:?} and {b:?}, dark {dark}, eye {kind}: {found:.1}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_page_names_every_ink_and_a_picture_needs_no_page() {
        let css = css(":root");
        for (ink, name, light, dark) in INKS {
            assert!(css.contains(&format!("--{name}:{light};")) && css.contains(&format!("--{name}:{dark};")));
            assert_eq!(ink.colour(Scheme::Page), format!("var(--{name})"));
            assert_eq!(ink.colour(Scheme::Light), light);
        }
    }
}
