//! All English of what happens, in one place: messages with named arguments (Fluent), read once.
//!
//! `en/events.ftl` has a message for each kind of note, with a voice for each listener; `en/phrases.ftl` the sentences
//! that tell several notes at once. Numbers, dates and lists come ready from `words`, one function for each.

mod arguments;
mod packages;
mod phrases;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

pub(crate) use arguments::refused;
pub use arguments::{Hearing, Voice};
pub(crate) use phrases::*;

/// The catalogue of the language that is spoken.
static SPOKEN: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::new("en", [include_str!("en/events.ftl"), include_str!("en/phrases.ftl")]));

/// The sentences of a language.
struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// The arguments that each sentence asks for.
    asked: BTreeMap<String, Vec<String>>,
}

impl Catalogue {
    fn new<const N: usize>(language: &str, texts: [&str; N]) -> Catalogue {
        let language = language.parse().expect("a language has a name");
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        bundle.set_use_isolating(false);
        let mut names = vec![];
        for text in texts {
            let resource = FluentResource::try_new(text.to_string());
            let resource = resource.unwrap_or_else(|(_, errors)| panic!("the catalogue cannot be read: {errors:?}"));
            for entry in resource.entries() {
                let Entry::Message(message) = entry else { continue };
                let id = message.id.name;
                names.extend(message.value.as_ref().map(|_| id.to_string()));
                names.extend(message.attributes.iter().map(|voice| format!("{id}.{}", voice.id.name)));
            }
            bundle.add_resource(resource).unwrap_or_else(|errors| panic!("a message stands twice: {errors:?}"));
        }
        let mut catalogue = Catalogue { bundle, asked: BTreeMap::new() };
        for name in names {
            let mut asked = vec![];
            catalogue.ask(catalogue.pattern(&name), &mut asked);
            catalogue.asked.insert(name, asked);
        }
        catalogue
    }

    /// The sentence of a name: a message, or a voice of one ("signed.told").
    fn pattern(&self, name: &str) -> Option<&Pattern<&str>> {
        match name.split_once('.') {
            None => self.bundle.get_message(name)?.value(),
            Some((id, voice)) => self.bundle.get_message(id)?.get_attribute(voice).map(|voice| voice.value()),
        }
    }

    /// Writes down what a sentence asks for, and those that it quotes.
    fn ask(&self, pattern: Option<&Pattern<&str>>, asked: &mut Vec<String>) {
        for element in pattern.into_iter().flat_map(|p| &p.elements) {
            if let PatternElement::Placeable { expression } = element {
                self.ask_in(expression, asked);
            }
        }
    }

    fn ask_in(&self, expression: &Expression<&str>, asked: &mut Vec<String>) {
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                variants.iter().for_each(|variant| self.ask(Some(&variant.value), asked));
                selector
            }
        };
        match inline {
            InlineExpression::VariableReference { id } if !asked.iter().any(|name| name == id.name) => {
                asked.push(id.name.to_string());
            }
            InlineExpression::MessageReference { id, attribute } => {
                let name =
                    attribute.as_ref().map_or(id.name.to_string(), |voice| format!("{}.{}", id.name, voice.name));
                self.ask(self.pattern(&name), asked);
            }
            InlineExpression::Placeable { expression } => self.ask_in(expression, asked),
            _ => {}
        }
    }

    /// The sentence of that name; none where there is none. What it asks for, `argument` gives.
    fn say<'a>(&self, name: &str, argument: impl Fn(&str) -> Option<FluentValue<'a>>) -> Option<String> {
        let pattern = self.pattern(name)?;
        let asked = self.asked.get(name).map_or(&[][..], Vec::as_slice);
        let arguments: FluentArgs = asked.iter().filter_map(|name| Some((name.as_str(), argument(name)?))).collect();
        let mut errors = vec![];
        let said = self.bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
        debug_assert!(errors.is_empty(), "{name}: {errors:?}");
        Some(said)
    }
}
