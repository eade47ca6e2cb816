//! Scenarios of GENIUS: a domain file and profile files, in XML.
//!
//! GENIUS counts in shares: the evaluations of a discrete issue are divided by the highest of them; an integer issue is
//! worth `offset + slope * (value - lower bound)`, held between 0 and 1; weights are divided by their sum. NegMAS reads
//! the same files without any of the three. Either way is written out here, so that utilities are the ones that program
//! shows, and the head of the scenario says which. A discount factor d makes a utility u at time t, from 0 to 1, worth
//! `u d^t`, the reservation too; GENIUS takes a factor of 0 for 1, which the head of the scenario says.

use roxmltree::{Document, Node};

use super::draft::{Draft, DraftIssue, DraftParty, Imported, Play, Scale, stem};
use super::elements::{known, lines_above};
use super::left_out;
use super::pick::{Profile, Read, pick};
use super::text::mended;
use crate::error::Error;
use crate::notation::Code;
use crate::notation::near::did_you_mean;
use crate::scenario::bargaining::{Discount, Span};
use crate::scenario::limits::OUTCOMES_MAX;
use crate::units::Share;

/// A file of GENIUS.
#[derive(Debug)]
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    /// Its XML, in order.
    text: String,
    /// What was mended for that.
    slips: Vec<&'static str>,
    /// How many lines stand above it.
    above: usize,
}

impl File<'_> {
    fn parsed(&self) -> Result<Document<'_>, Error> {
        Document::parse(&self.text).map_err(|problem| wrong(format!("it is not XML: {problem}")))
    }

    fn told(&self) -> impl Iterator<Item = String> {
        self.slips.iter().map(|slip| format!("Mended in {}: {slip}.", self.name))
    }
}

/// What the XML files of a folder are.
#[derive(Debug, Default)]
pub(super) struct Folder<'a> {
    pub(super) domain: Option<File<'a>>,
    pub(super) profiles: Vec<File<'a>>,
    pub(super) left_out: Vec<String>,
}

fn wrong(text: impl Into<String>) -> Error {
    Error::of(Code::Unreadable, text)
}

impl<'a> Folder<'a> {
    /// Tells domain, profiles and others apart by their root.
    pub(super) fn of(files: &[(&'a str, String)]) -> Self {
        let mut out = Folder::default();
        for (name, written) in files {
            let (text, slips) = mended(written.trim_start());
            let file = File { name, text, slips, above: lines_above(written) };
            let root = file.parsed().map(|document| document.root_element().tag_name().name().to_owned());
            match root.as_deref() {
                Ok("negotiation_template") if out.domain.is_none() => out.domain = Some(file),
                Ok("negotiation_template") => out.left_out.push(left_out(name, "a second domain")),
                Ok("utility_space") => out.profiles.push(file),
                Ok(tag) => out.left_out.push(left_out(name, format!("<{tag}> is neither a domain nor a profile"))),
                // a profile that its writer or a hand broke
                Err(_) if file.text.contains("<utility_space") && !file.text.contains("<negotiation_template") => {
                    out.profiles.push(file);
                }
                Err(problem) => out.left_out.push(left_out(name, problem)),
            }
        }
        out
    }

    /// The scenario of the domain and of two of the profiles.
    pub(super) fn import(self, others: Vec<String>, play: &Play) -> Result<Imported, Vec<String>> {
        let mut draft = Draft { origin: "a GENIUS scenario", left_out: self.left_out, ..Draft::default() };
        draft.left_out.extend(others);
        let Some(domain) = &self.domain else { return Err(vec!["there is no domain".to_owned()]) };
        let name = domain.name;
        draft.title = stem(name).to_owned();
        draft.notes.push(scaled(play.scale).to_owned());
        draft.notes.extend(domain.told());
        let named = |problem: Error| vec![format!("{name}: {problem}")];
        let document = domain.parsed().map_err(named)?;
        draft.left_out.extend(in_file(name, known(&document, domain.above).map_err(named)?));
        let issues = read_domain(document.root_element(), &mut draft.left_out);
        let profiles: Vec<Profile> = self.profiles.iter().map(|file| profile(file, &issues, play.scale)).collect();
        if let Err(problem) = &issues {
            let crooked = profiles.iter().filter_map(|p| p.read.as_ref().err().map(|why| format!("{}: {why}", p.file)));
            let crooked = crooked.filter(|why| why.contains("nonlinear"));
            return Err([format!("{name}: {problem}")].into_iter().chain(crooked).collect());
        }
        let (both, unseated) = pick(profiles, play.parties.as_ref(), &draft.left_out)?;
        draft.left_out.extend(unseated);
        draft.seat(both);
        let issues = issues.map_err(|problem| vec![problem.to_string()])?;
        draft.issues = issues.into_iter().filter(|issue| issue.carried).map(|issue| issue.issue).collect();
        draft.write(play)
    }
}

fn scaled(scale: Scale) -> &'static str {
    match scale {
        Scale::Genius => {
            "As GENIUS does, evaluations are divided by the highest of their issue and weights by their sum \
             (--scale negmas: as they are written)."
        }
        Scale::Negmas => {
            "As NegMAS does, evaluations and weights are taken as they are written (--scale genius: divided by the \
             highest of their issue, and by their sum)."
        }
    }
}

/// What was read over in a file.
fn in_file(name: &str, what: Vec<String>) -> impl Iterator<Item = String> {
    what.into_iter().map(move |what| format!("{what} of {name}"))
}

/// A profile's file as what it can be read as.
fn profile(file: &File, issues: &Result<Vec<DomainIssue>, Error>, scale: Scale) -> Profile {
    let name = stem(file.name);
    let document = file.parsed();
    let root = document.as_ref().ok().map(Document::root_element);
    let read = document.as_ref().map_err(Error::clone).and_then(|document| {
        let root = document.root_element();
        nonlinear(root)?;
        let read_over = known(document, file.above)?;
        let issues = issues.as_ref().map_err(Error::clone)?;
        let mut read = read_profile(name, root, issues, scale)?;
        read.notes.extend(file.told());
        read.left_out.extend(in_file(file.name, read_over));
        Ok(read)
    });
    let stranger = root.is_some_and(|root| issues.as_ref().is_ok_and(|issues| !is_of(root, issues)));
    Profile { file: file.name.to_owned(), name: name.to_owned(), read, stranger }
}

/// Whether a profile is one of the domain that somebody filled in: it names an issue of it, and has no evaluation
/// `null`, which GENIUS writes where there is none yet.
fn is_of(root: Node, issues: &[DomainIssue]) -> bool {
    let named = |node: Node| issues.iter().any(|issue| node.attribute("name") == Some(&issue.issue.name));
    let empty = |node: Node| node.attribute("evaluation") == Some("null");
    elements(root, "issue").any(named) && !elements(root, "item").any(empty)
}

/// An issue of the domain.
struct DomainIssue {
    issue: DraftIssue,
    index: Option<String>,
    /// The lowest number of an integer issue.
    from: Option<i64>,
    /// Whether its levels can be listed.
    carried: bool,
}

fn elements<'a, 'x>(node: Node<'a, 'x>, tag: &'static str) -> impl Iterator<Item = Node<'a, 'x>> {
    node.descendants().filter(move |node| node.has_tag_name(tag))
}

/// What kind of issue it says it is: GENIUS reads `type`, older files say `vtype` or `etype`.
fn kind<'a>(issue: Node<'a, '_>) -> &'a str {
    ["type", "vtype", "etype"].iter().find_map(|name| issue.attribute(*name)).unwrap_or("discrete")
}

/// An attribute of the issue, or of the range inside it.
fn bound<'a>(issue: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let range = issue.children().find(|child| child.has_tag_name("range"));
    issue.attribute(name).or_else(|| range.and_then(|range| range.attribute(name)))
}

/// A finite number in an attribute.
fn number(node: Node, name: &str) -> Result<Option<f64>, Error> {
    let read = |text: &str| {
        let x = text.trim().parse().ok().filter(|x: &f64| x.is_finite());
        x.ok_or_else(|| wrong(format!("`{text}` is not a number (`{name}` of <{}>)", node.tag_name().name())))
    };
    node.attribute(name).map(read).transpose()
}

/// A finite number that must be there.
fn needed(node: Node, name: &str, whose: &str) -> Result<f64, Error> {
    number(node, name)?.ok_or_else(|| wrong(format!("{whose} has no `{name}`")))
}

fn read_domain(domain: Node, left_out: &mut Vec<String>) -> Result<Vec<DomainIssue>, Error> {
    let mut issues: Vec<DomainIssue> = vec![];
    for node in elements(domain, "issue") {
        let name = node.attribute("name").ok_or_else(|| wrong("an issue has no name"))?.to_owned();
        let (mut levels, mut from, mut carried) = (vec![], None, true);
        match kind(node) {
            "discrete" => {
                let items = node.children().filter(|child| child.has_tag_name("item"));
                let level = |item: Node| item.attribute("value").map(str::to_owned);
                let nameless = || wrong(format!("an item of `{name}` has no `value`"));
                levels = items.map(|item| level(item).ok_or_else(nameless)).collect::<Result<_, _>>()?;
            }
            "integer" => {
                let whole = |name: &str| bound(node, name).and_then(|text| text.trim().parse::<i64>().ok());
                let (Some(low), Some(high)) = (whole("lowerbound"), whole("upperbound")) else {
                    return Err(wrong(format!("the integer issue `{name}` has no whole bounds")));
                };
                if high < low || high.abs_diff(low) >= OUTCOMES_MAX as u64 {
                    return Err(wrong(format!(
                        "the integer issue `{name}` has no levels or too many: {low} to {high}"
                    )));
                }
                levels = (low..=high).map(|x| x.to_string()).collect();
                from = Some(low);
            }
            other => {
                left_out.push(format!("the issue `{name}`: a {other} issue has no list of levels"));
                carried = false;
            }
        }
        if issues.iter().any(|other| other.issue.name == name) {
            return Err(wrong(format!("the domain has two issues `{name}`")));
        }
        let index = node.attribute("index").map(str::to_owned);
        issues.push(DomainIssue { issue: DraftIssue { name, levels }, index, from, carried });
    }
    Ok(issues)
}

/// Refuses a profile that is no weighted sum over the issues, or not known to its party.
fn nonlinear(root: Node) -> Result<(), Error> {
    if root.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("uncertain")) {
        return Err(wrong(
            "an uncertain utility space, whose party only knows how some outcomes compare: utilities are \
                          known here",
        ));
    }
    let crooked = ["ufun", "utility_function", "utility", "hyperRectangle", "constraint", "rule"];
    let shape =
        root.attribute("type").filter(|kind| ["nonlinear", "constraint"].contains(&kind.to_lowercase().as_str()));
    let tag =
        root.descendants().find(|node| crooked.contains(&node.tag_name().name())).map(|node| node.tag_name().name());
    match shape.or(tag) {
        Some(what) => Err(wrong(format!(
            "a nonlinear utility space (`{what}`): only weighted sums over the issues can be played here"
        ))),
        None => Ok(()),
    }
}

/// Every issue and weight in a profile is one of the domain's.
fn fits(root: Node, issues: &[DomainIssue]) -> Result<(), Error> {
    let mut seen = vec![];
    for node in elements(root, "issue") {
        let name = node.attribute("name").ok_or_else(|| wrong("an issue has no name"))?;
        if issues.iter().all(|issue| issue.issue.name != name) {
            let near = did_you_mean(name, issues.iter().map(|issue| issue.issue.name.as_str()));
            return Err(wrong(format!("the issue `{name}` is not in the domain{near}")));
        }
        if seen.contains(&name) {
            return Err(wrong(format!("the issue `{name}` is given twice")));
        }
        seen.push(name);
    }
    let places: Vec<&str> = ["issue", "objective"]
        .into_iter()
        .flat_map(|tag| elements(root, tag))
        .filter_map(|n| n.attribute("index"))
        .collect();
    let known = |index: &str| places.contains(&index) || issues.iter().any(|i| i.index.as_deref() == Some(index));
    for weight in elements(root, "weight") {
        let index = weight.attribute("index").ok_or_else(|| wrong("a weight has no `index`"))?;
        if !known(index) {
            return Err(wrong(format!("a weight has the index {index}, which no issue has")));
        }
    }
    Ok(())
}

fn read_profile(name: &str, root: Node, issues: &[DomainIssue], scale: Scale) -> Result<Read, Error> {
    fits(root, issues)?;
    let (mut raw, mut values, mut notes) = (vec![], vec![], vec![]);
    for DomainIssue { issue, index, from, carried } in issues {
        let node = elements(root, "issue").find(|node| node.attribute("name") == Some(&issue.name));
        let node = node.ok_or_else(|| wrong(format!("the profile says nothing about `{}`", issue.name)))?;
        let index = node.attribute("index").or(index.as_deref());
        let mut weights = elements(root, "weight").filter(|weight| weight.attribute("index") == index);
        let weight = weights.next().ok_or_else(|| wrong(format!("`{}` has no weight", issue.name)))?;
        if weights.next().is_some() {
            return Err(wrong(format!("`{}` has two weights", issue.name)));
        }
        raw.push(needed(weight, "value", &format!("the weight of `{}`", issue.name))?);
        if *carried {
            let read = read_values(node, issue, *from, scale);
            values.push(read.map_err(|problem| problem.within(format!("`{}`: ", issue.name)))?);
        }
    }
    let sum: f64 = raw.iter().sum();
    if !(sum > 0.0 && sum.is_finite()) {
        return Err(wrong(format!("the weights add up to {sum}")));
    }
    if (sum - 1.0).abs() > 1e-9 && scale == Scale::Genius {
        notes.push(format!("The weights of {name} added up to {sum}."));
    }
    let by = if scale == Scale::Genius { sum } else { 1.0 };
    let weights = issues.iter().zip(&raw).filter(|(issue, _)| issue.carried).map(|(_, weight)| weight / by).collect();
    if elements(root, "objective").count() > 1 {
        notes.push(format!("The objectives of {name} are nested; each issue has its own weight only."));
    }
    let reservation = Some(match reserved(root)? {
        Some(value) => value,
        None => {
            notes.push(format!("{name} has no reservation there, which is 0 to GENIUS and to NegMAS."));
            0.0
        }
    });
    let discount = discount(name, root, &mut notes)?;
    let party = DraftParty { name: name.to_owned(), weights, values, reservation, discount };
    Ok(Read { party, notes, ..Read::default() })
}

/// The one element of this kind under the root.
fn only<'a, 'x>(root: Node<'a, 'x>, tag: &'static str) -> Result<Option<Node<'a, 'x>>, Error> {
    let mut all = elements(root, tag);
    match (all.next(), all.next()) {
        (_, Some(_)) => Err(wrong(format!("<{tag}> is given twice"))),
        (one, None) => Ok(one),
    }
}

/// The reservation: none where it is absent, null or minus infinity.
fn reserved(root: Node) -> Result<Option<f64>, Error> {
    let Some(node) = only(root, "reservation")? else { return Ok(None) };
    let said = node.attribute("value").map(|text| text.trim().to_lowercase());
    match said.as_deref() {
        Some("null" | "none" | "-inf" | "-infinity") => Ok(None),
        _ => needed(node, "value", "the reservation").map(Some),
    }
}

/// The discount factor; 0 and 1 are none, as GENIUS has it (0 is told).
fn discount(name: &str, root: Node, notes: &mut Vec<String>) -> Result<Discount, Error> {
    let Some(node) = only(root, "discount_factor")? else { return Ok(Discount::Nothing) };
    let factor = needed(node, "value", "the discount factor")?;
    if factor == 0.0 {
        notes.push(format!("{name} has a discount factor of 0, which GENIUS takes for none: so it is here."));
    }
    if factor == 0.0 || factor == 1.0 {
        return Ok(Discount::Nothing);
    }
    let keeps = Share::try_from(factor).map_err(|problem| wrong(format!("the discount factor: {problem}")))?;
    Ok(Discount::Factor { keeps, each: Span::Game })
}

fn read_values(node: Node, issue: &DraftIssue, from: Option<i64>, scale: Scale) -> Result<Vec<f64>, Error> {
    let items: Vec<Node> = node.children().filter(|child| child.has_tag_name("item")).collect();
    if !items.is_empty() {
        let mut values = vec![];
        for item in &items {
            let level = item.attribute("value").ok_or_else(|| wrong("an item has no `value`"))?;
            if !issue.levels.iter().any(|known| known == level) {
                return Err(wrong(format!("the domain has no level `{level}`")));
            }
        }
        for level in &issue.levels {
            let mut of_level = items.iter().filter(|item| item.attribute("value") == Some(level));
            let item = of_level.next().ok_or_else(|| wrong(format!("no evaluation of `{level}`")))?;
            if of_level.next().is_some() {
                return Err(wrong(format!("`{level}` is given twice")));
            }
            values.push(needed(*item, "evaluation", &format!("`{level}`"))?);
        }
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let by = if most > 0.0 && scale == Scale::Genius { most } else { 1.0 };
        return Ok(values.iter().map(|value| value / by).collect());
    }
    let Some(from) = from else { return Err(wrong("no evaluations")) };
    let evaluator = node.children().find(|child| child.has_tag_name("evaluator"));
    let evaluator = evaluator.ok_or_else(|| wrong("no evaluator"))?;
    let form = evaluator.attribute("ftype").unwrap_or("linear");
    if form != "linear" {
        return Err(wrong(format!("a {form} evaluator is not known here")));
    }
    let either = |one, other| Ok::<_, Error>(number(evaluator, one)?.or(number(evaluator, other)?));
    let (offset, slope) = (either("offset", "parameter0")?, either("slope", "parameter1")?);
    let (Some(offset), Some(slope)) = (offset, slope) else {
        return Err(wrong("a linear evaluator needs offset and slope"));
    };
    let start = bound(node, "lowerbound").and_then(|text| text.trim().parse().ok()).unwrap_or(from);
    let value = |i: usize| match scale {
        Scale::Genius => (offset + slope * (from - start + i as i64) as f64).clamp(0.0, 1.0),
        Scale::Negmas => offset + slope * (from + i as i64) as f64,
    };
    Ok((0..issue.levels.len()).map(value).collect())
}

#[cfg(test)]
#[path = "genius_tests.rs"]
mod tests;
