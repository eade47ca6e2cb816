//! What may stand in the XML of GENIUS: the elements, and the attributes of each. What is neither read nor known to say
//! nothing about a game is an error; text between tags, which GENIUS reads over, is named.

use roxmltree::{Document, Node};

use crate::error::Error;
use crate::notation::Code;
use crate::notation::near::did_you_mean;

/// An element, with its attributes.
struct Element {
    tag: &'static str,
    /// Those that are read.
    read: &'static [&'static str],
    /// Those that GENIUS or NegMAS writes, and that say nothing about a game: counts of what is there, words for people,
    /// agents of old tournaments, costs that GENIUS itself does not read.
    idle: &'static [&'static str],
}

const ELEMENTS: [Element; 12] = [
    Element { tag: "negotiation_template", read: &[], idle: &["number_of_sessions"] },
    Element { tag: "agent", read: &[], idle: &["class", "name", "utility_space"] },
    Element { tag: "utility_space", read: &["type"], idle: &["number_of_issues"] },
    Element { tag: "objective", read: &["index"], idle: &["name", "description", "type", "etype", "vtype"] },
    Element {
        tag: "issue",
        read: &["index", "name", "type", "vtype", "etype", "lowerbound", "upperbound"],
        idle: &["description"],
    },
    Element { tag: "item", read: &["value", "evaluation"], idle: &["index", "description", "cost"] },
    Element { tag: "range", read: &["lowerbound", "upperbound"], idle: &[] },
    Element {
        tag: "evaluator",
        read: &["ftype", "offset", "slope", "parameter0", "parameter1"],
        idle: &["parameter2", "parameter3"],
    },
    Element { tag: "weight", read: &["index", "value"], idle: &[] },
    Element { tag: "reservation", read: &["value"], idle: &[] },
    Element { tag: "discount_factor", read: &["value"], idle: &[] },
    // how alike two bids are, for agents of old; GENIUS does not read it either
    Element { tag: "similarity_function", read: &[], idle: &["weight"] },
];

fn wrong(text: String) -> Error {
    Error::of(Code::Unreadable, text)
}

/// How many of these line ends a text begins with, so that places are those of the file.
pub(super) fn lines_above(text: &str) -> usize {
    text[..text.len() - text.trim_start().len()].matches('\n').count()
}

/// Refuses elements and attributes that are not known here, and hands back what was read over. `above` is how many
/// lines stood above the text.
pub(super) fn known(document: &Document, above: usize) -> Result<Vec<String>, Error> {
    let mut read_over = vec![];
    let line = |at: usize| document.text_pos_at(at).row as usize + above;
    let similar = |node: &Node| node.ancestors().skip(1).any(|above| above.has_tag_name("similarity_function"));
    for node in document.root_element().descendants().filter(|node| !similar(node)) {
        if let Some(text) = node.text().map(str::trim).filter(|text| node.is_text() && !text.is_empty()) {
            read_over.push(format!("the text `{text}` on line {}", line(node.range().start)));
        }
        if !node.is_element() {
            continue;
        }
        let tag = node.tag_name().name();
        let Some(element) = ELEMENTS.iter().find(|element| element.tag == tag) else {
            let near = did_you_mean(tag, ELEMENTS.iter().map(|element| element.tag));
            return Err(wrong(format!("<{tag}> on line {} is not known here{near}", line(node.range().start))));
        };
        if tag == "similarity_function" {
            read_over.push(format!("<{tag}> on line {}", line(node.range().start)));
        }
        let known = || element.read.iter().chain(element.idle).copied();
        for attribute in node.attributes().filter(|attribute| attribute.namespace().is_none()) {
            let name = attribute.name();
            if !known().any(|known| known == name) {
                let at = line(attribute.range().start);
                let near = did_you_mean(name, known());
                return Err(wrong(format!("`{name}` of <{tag}> on line {at} is not known here{near}")));
            }
        }
    }
    Ok(read_over)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<Vec<String>, String> {
        let trimmed = text.trim_start();
        let document = Document::parse(trimmed).expect("XML");
        known(&document, lines_above(text)).map_err(|error| error.to_string())
    }

    #[test]
    fn an_attribute_that_is_not_known_is_named_with_its_place() {
        let slip = |text: &str| told(text).expect_err(text);
        assert_eq!(
            slip("\n\n<utility_space>\n<item evalution='7'/></utility_space>"),
            "`evalution` of <item> on line 4 is not known here; did you mean `evaluation`?"
        );
        assert_eq!(
            slip("<utility_space><objective\n index='0' reservation='0.9'/></utility_space>"),
            "`reservation` of <objective> on line 2 is not known here"
        );
        assert_eq!(
            slip("<utility_space><reservation type='x' value='1'/></utility_space>"),
            "`type` of <reservation> on line 1 is not known here"
        );
        assert_eq!(
            slip("<utility_space><resevation value='1'/></utility_space>"),
            "<resevation> on line 1 is not known here; did you mean `reservation`?"
        );
    }

    /// Heads and lines of files as GENIUS, its old domains and NegMAS write them.
    #[test]
    fn what_those_programs_write_is_known() {
        for text in [
            "<negotiation_template number_of_sessions='1'><agent class='agents.A' name='b' utility_space='c.xml'/>\
             <utility_space number_of_issues='5'/></negotiation_template>",
            "<utility_space type='any' number_of_issues='3'><objective index='1' etype='objective' type='objective' \
             description='' name='any'/></utility_space>",
            "<utility_space><issue vtype='integer' lowerbound='0' upperbound='9' name='i1' index='1' etype='integer' \
             type='integer'><evaluator ftype='linear' offset='0.5' slope='-0.04'/></issue></utility_space>",
            "<utility_space><issue index='1' name='x' type='discrete'><item index='1' value='a' cost='0.0' \
             description='' evaluation='5'/></issue><weight index='1' value='1.0'/></utility_space>",
            "<utility_space><issue index='1' name='x' vtype='real'><range lowerbound='10.0' upperbound='40.0'/>\
             <evaluator ftype='triangular' parameter0='1' parameter1='2' parameter2='3'/></issue></utility_space>",
            "<utility_space xmlns:x='urn:x' x:of='here'><discount_factor value='1.0'/><reservation value='0.0'/></utility_space>",
        ] {
            assert_eq!(told(text), Ok(vec![]), "{text}");
        }
        let similar = "<utility_space><similarity_function weight='0.2'><criteria_function weight='1'/>\
                       </similarity_function>7</utility_space>";
        assert_eq!(told(similar).unwrap(), ["<similarity_function> on line 1", "the text `7` on line 1"]);
    }
}
