//! Problems for people: file, line, column, the line itself, a caret and what to do.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::problem::Problem;
use super::syntax::line_column;
use super::tree::{Place, Source};
use super::wording::count;

/// The longest part of a line that is shown, in bytes.
const SHOWN_MAX: usize = 4000;

/// What problems are shown on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// It shows colours.
    pub colour: bool,
    /// The most columns that a line of a file takes: of a longer one the part around the fault is shown.
    pub columns: usize,
}

impl Screen {
    /// One of which nothing is known.
    pub fn unknown(colour: bool) -> Screen {
        Screen { colour, columns: 140 }
    }
}

/// All problems, and their number at the end. `sources[0]` is the file asked for.
pub fn explain(problems: &[Problem], sources: &[Source], screen: Screen) -> String {
    told_as(Level::ERROR, "problem", problems, sources, screen)
}

/// The same for what only deserves a warning.
pub fn warn(warnings: &[Problem], sources: &[Source], screen: Screen) -> String {
    told_as(Level::WARNING, "warning", warnings, sources, screen)
}

fn told_as(level: Level<'static>, noun: &str, problems: &[Problem], sources: &[Source], screen: Screen) -> String {
    let renderer = if screen.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(screen.columns);
    let mut told = String::new();
    for problem in problems {
        told += &one(&level, problem, sources, &renderer);
        told += "\n\n";
    }
    let file = sources.first().map_or("the file", |source| source.name.as_str());
    told + &format!("{} in {}\n", count(problems.len(), noun), printable(file))
}

fn one(level: &Level<'_>, problem: &Problem, sources: &[Source], renderer: &Renderer) -> String {
    let text = printable(&problem.text);
    let title = level.clone().primary_title(text.as_str());
    let place = problem.at.and_then(|at| sources.get(usize::from(at.source)).map(|source| (at, source)));
    let Some((at, source)) = place else {
        let told = renderer.render(&[annotate_snippets::Group::with_title(title)]);
        return match &problem.help {
            Some(help) => format!("{told}\n  = help: {}", printable(help)),
            None => told,
        };
    };
    let name = printable(&source.name);
    let (line, number, span) = excerpt(&source.text, at);
    let snippet =
        Snippet::source(line).line_start(number).path(name.as_str()).annotation(AnnotationKind::Primary.span(span));
    let mut group = title.element(snippet);
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    renderer.render(&[group])
}

/// The line a place starts in, its number, and what to underline in it: of something long, no more than its opening.
fn excerpt(text: &str, at: Place) -> (&str, usize, std::ops::Range<usize>) {
    let boundary = |mut byte: usize| {
        byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    };
    let start = boundary(at.start);
    let mut end = boundary(at.end).max(start);
    let begin = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let close = text[start..].find(['\n', '\r']).map_or(text.len(), |i| start + i);
    let close = boundary(close.min(begin.max(start) + SHOWN_MAX)).max(start);
    let opening = text[start..end].find(['(', '[', '{']).map(|i| start + i + 1);
    if let Some(opening) = opening
        && (end > close || end - start > 60)
        && !text[start..opening].starts_with('"')
    {
        end = opening;
    }
    let end = end.min(close);
    (&text[begin..close], line_column(text, start).0, start - begin..end - begin)
}

/// Without the characters that could play tricks on a terminal.
fn printable(text: &str) -> String {
    super::clean::clean(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::Code;

    fn source(text: &str) -> Vec<Source> {
        vec![Source { name: "x.ron".into(), text: text.into() }]
    }

    #[test]
    fn a_problem_has_its_line_and_its_caret() {
        let sources = source("(\n  share: 1.5, // too much\n)\n");
        let at = Place::new(0, 11, 14);
        let told = explain(
            &[Problem::new(Code::OutOfRange, "a share lies between 0 and 1, found 1.5").at(at).help("use a share")],
            &sources,
            Screen::unknown(false),
        );
        let expected = "error: a share lies between 0 and 1, found 1.5
 --> x.ron:2:10
  |
2 |   share: 1.5, // too much
  |          ^^^
  |
  = help: use a share

1 problem in x.ron
";
        assert_eq!(told, expected);
    }

    #[test]
    fn something_long_is_underlined_at_its_opening() {
        let text = "(a: Summit(\n  at: 1,\n))";
        assert_eq!(excerpt(text, Place::new(0, 4, text.len() - 1)), ("(a: Summit(", 1, 4..11));
        assert_eq!(excerpt(text, Place::new(0, 0, text.len())), ("(a: Summit(", 1, 0..1));
        assert_eq!(excerpt(text, Place::new(0, 999, 9999)).1, 3);
    }

    #[test]
    fn every_place_can_be_shown() {
        let text = "(a: \"\u{e9}\u{1b}[2J\",\r\n\t\u{1F600}: 1)\n";
        for start in 0..=text.len() + 1 {
            for end in 0..=text.len() + 1 {
                let told = explain(
                    &[Problem::new(Code::WrongValue, "\u{1b}x").at(Place::new(0, start, end))],
                    &source(text),
                    Screen::unknown(false),
                );
                assert!(told.ends_with("1 problem in x.ron\n") && !told.contains('\u{1b}'), "{told:?}");
            }
        }
    }

    #[test]
    fn a_problem_without_a_place_is_told_too() {
        let told = explain(
            &[Problem::new(Code::UnreadableFile, "there is no file `x.ron`"), Problem::new(Code::Empty, "b").help("c")],
            &source(""),
            Screen::unknown(false),
        );
        assert_eq!(told, "error: there is no file `x.ron`\n\nerror: b\n  = help: c\n\n2 problems in x.ron\n");
        assert!(explain(&[Problem::new(Code::Empty, "x")], &[], Screen::unknown(true)).contains('\u{1b}'));
    }
}
