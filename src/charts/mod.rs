//! Charts as static SVG: one mechanism for reports, for figures in papers and for the class.
//!
//! A chart is data with a title that says what it shows; from that come its drawing (wide and narrow, in the colours of
//! the page around it or in its own), its table and its figure on a page. It knows nothing of the game.

mod bands;
mod bars;
mod canvas;
mod changes;
mod columns;
mod fan;
mod figure;
mod frame;
mod lines;
mod matrix;
mod palette;
#[cfg(feature = "png")]
mod png;
mod rows;
mod scale;
mod scatter;
mod table;
mod tornado;
mod tree;

pub use bands::{Band, Bands};
pub use bars::{Bar, Bars, Count};
pub use canvas::{Canvas, Form, Pen};
pub use changes::{Change, Changes};
pub use columns::Columns;
pub use fan::{Fan, NINETY};
pub use figure::{FIGURE_CSS, figure, head, unbroken};
pub use frame::{Flag, Times};
pub use lines::{Line, Lines};
pub use matrix::Matrix;
pub use palette::{Fill, Ink, Scheme, css};
#[cfg(feature = "png")]
pub use png::png;
pub use scale::{percent, said, signed};
pub use scatter::{Cloud, Scatter};
pub use table::Table;
pub use tornado::{Swing, Tornado};
pub use tree::{Node, Tree};

/// The kinds of drawings, each in its file.
macro_rules! drawings {
    ($($(#[$doc:meta])* $kind:ident,)*) => {
        /// What is drawn.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Drawing {
            $($(#[$doc])* $kind($kind),)*
        }

        impl Drawing {
            fn draw(&self, canvas: &mut Canvas) -> f64 {
                match self {
                    $(Drawing::$kind(of) => of.draw(canvas),)*
                }
            }

            fn table(&self) -> Table {
                match self {
                    $(Drawing::$kind(of) => of.table(),)*
                }
            }
        }

        $(impl From<$kind> for Drawing {
            fn from(of: $kind) -> Drawing {
                Drawing::$kind(of)
            }
        })*
    };
}

drawings! {
    /// Bars on their sides.
    Bars,
    /// Quantiles by date.
    Fan,
    /// Lines over steps.
    Lines,
    /// Shares of a whole by date.
    Bands,
    /// Shares of games by date.
    Columns,
    /// Two values of each game.
    Scatter,
    /// Differences around zero.
    Changes,
    /// A result at both ends of each input.
    Tornado,
    /// Everybody against everybody.
    Matrix,
    /// Parts of parts.
    Tree,
}

/// A chart and the words around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it shows, as a sentence: it is also the text for those who cannot see it.
    pub title: String,
    /// What is measured, in what, of which games.
    pub about: String,
    /// What is drawn.
    pub drawing: Drawing,
    /// Its numbers, where they are not those of the drawing.
    pub table: Option<Table>,
    /// What else a reader should know.
    pub note: String,
    /// The command that gives it again.
    pub command: Option<String>,
}

impl Chart {
    /// A chart of this drawing.
    pub fn new(title: impl Into<String>, about: impl Into<String>, drawing: impl Into<Drawing>) -> Chart {
        let (title, about, drawing) = (title.into(), about.into(), drawing.into());
        Chart { title, about, drawing, table: None, note: String::new(), command: None }
    }

    /// With words below it.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Chart {
        Chart { note: note.into(), ..self }
    }

    /// With numbers of its own.
    #[must_use]
    pub fn with_table(self, table: Table) -> Chart {
        Chart { table: Some(table), ..self }
    }

    /// Its numbers.
    pub fn numbers(&self) -> Table {
        self.table.clone().unwrap_or_else(|| self.drawing.table())
    }

    /// Its drawing as a part of a page; `id` is unlike that of any other chart there.
    pub fn part(&self, form: Form, scheme: Scheme, id: &str) -> String {
        let mut canvas = Canvas::new(form, scheme, id);
        let height = self.drawing.draw(&mut canvas);
        canvas.part(&self.title, height)
    }

    /// Its drawing as a file of its own, dark on light, with its words.
    pub fn alone(&self) -> String {
        let mut canvas = Canvas::new(Form::Wide, Scheme::Light, "a");
        let height = self.drawing.draw(&mut canvas);
        let below = [self.note.as_str(), self.command.as_deref().unwrap_or("")].join(" ");
        canvas.alone(&self.title, &self.about, below.trim(), height)
    }
}
