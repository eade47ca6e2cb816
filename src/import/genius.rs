//! Scenarios of GENIUS: a domain file and two profile files, in XML.
//!
//! GENIUS counts in shares: the evaluations of a discrete issue are divided by the highest of them; an integer issue is worth
//! `offset + slope * (value - lower bound)`, held between 0 and 1; weights are divided by their sum. All three are
//! written out here, so that utilities are the ones GENIUS shows, and the head of the scenario says so.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use super::Open;
use super::draft::{Draft, DraftIssue, DraftParty, Imported, Play, free_name, stem};
use crate::error::Error;
use crate::notation::Code;

/// Reads the scenario in these files; the profiles in the order of their names.
pub fn genius(files: &[String], open: Open, play: Play) -> Result<Imported, Vec<String>> {
    let mut draft = Draft { origin: "a GENIUS scenario", ..Draft::default() };
    let mut texts = vec![];
    let mut names: Vec<&String> = files.iter().collect();
    names.sort();
    for name in names {
        if name.to_lowercase().ends_with(".xml") {
            texts.push((name.as_str(), open(name).map_err(|problem| vec![problem.to_string()])?));
        } else {
            draft.left_out.push(format!("the file `{name}`: not XML"));
        }
    }
    let mut documents = vec![];
    for (name, text) in &texts {
        let text = text.trim_start_matches('\u{feff}');
        documents.push((*name, Document::parse(text).map_err(|problem| vec![format!("{name}: {problem}")])?));
    }
    let mut domain: Option<(&str, Node)> = None;
    let mut profiles = vec![];
    for (name, document) in &documents {
        let root = document.root_element();
        match root.tag_name().name() {
            "negotiation_template" if domain.is_none() => domain = Some((name, root)),
            "utility_space" => profiles.push((*name, root)),
            tag => draft.left_out.push(format!("the file `{name}`: <{tag}> is neither a domain nor a profile")),
        }
    }
    let Some((name, domain)) = domain else {
        return Err(vec!["no file holds a domain (<negotiation_template>)".to_owned()]);
    };
    draft.title = stem(name).to_owned();
    let issues = read_domain(domain, &mut draft.left_out).map_err(|problem| vec![format!("{name}: {problem}")])?;
    let (mut problems, mut taken) = (vec![], BTreeSet::new());
    for (name, root) in profiles {
        match read_profile(stem(name), root, &issues, &mut draft) {
            Ok(mut party) => {
                party.name = free_name(&party.name, &taken);
                taken.insert(party.name.clone());
                draft.parties.push(party);
            }
            Err(problem) => problems.push(format!("{name}: {problem}")),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    draft.notes.insert(
        0,
        "As GENIUS does, evaluations are divided by the highest of their issue and weights by their sum.".to_owned(),
    );
    draft.issues = issues.into_iter().filter(|issue| issue.carried).map(|issue| issue.issue).collect();
    draft.write(play)
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

fn number(node: Node, name: &str) -> Result<Option<f64>, Error> {
    let read = |text: &str| {
        text.trim().parse().map_err(|_| Error::of(Code::Unreadable, format!("`{text}` is not a number ({name})")))
    };
    node.attribute(name).map(read).transpose()
}

fn read_domain(domain: Node, left_out: &mut Vec<String>) -> Result<Vec<DomainIssue>, Error> {
    let mut issues = vec![];
    for node in elements(domain, "issue") {
        let name =
            node.attribute("name").ok_or_else(|| Error::of(Code::Unreadable, "an issue has no name"))?.to_owned();
        let (mut levels, mut from, mut carried) = (vec![], None, true);
        match kind(node) {
            "discrete" => {
                let items = node.children().filter(|child| child.has_tag_name("item"));
                levels = items.filter_map(|item| item.attribute("value")).map(str::to_owned).collect();
            }
            "integer" => {
                let whole = |name: &str| bound(node, name).and_then(|text| text.trim().parse::<i64>().ok());
                let (Some(low), Some(high)) = (whole("lowerbound"), whole("upperbound")) else {
                    return Err(Error::of(Code::Unreadable, format!("the integer issue `{name}` has no whole bounds")));
                };
                if high < low || high.abs_diff(low) >= 1_000_000 {
                    return Err(Error::of(
                        Code::Unreadable,
                        format!("the integer issue `{name}` has no levels or too many: {low} to {high}"),
                    ));
                }
                levels = (low..=high).map(|x| x.to_string()).collect();
                from = Some(low);
            }
            other => {
                left_out.push(format!("the issue `{name}`: a {other} issue has no list of levels"));
                carried = false;
            }
        }
        let index = node.attribute("index").map(str::to_owned);
        issues.push(DomainIssue { issue: DraftIssue { name, levels }, index, from, carried });
    }
    Ok(issues)
}

fn read_profile(name: &str, root: Node, issues: &[DomainIssue], draft: &mut Draft) -> Result<DraftParty, Error> {
    let (mut raw, mut values) = (vec![], vec![]);
    for DomainIssue { issue, index, from, carried } in issues {
        let node = elements(root, "issue").find(|node| node.attribute("name") == Some(&issue.name));
        let node = node
            .ok_or_else(|| Error::of(Code::Unreadable, format!("the profile says nothing about `{}`", issue.name)))?;
        let index = node.attribute("index").or(index.as_deref());
        let weight = elements(root, "weight").find(|weight| weight.attribute("index") == index);
        let weight = weight.ok_or_else(|| Error::of(Code::Unreadable, format!("`{}` has no weight", issue.name)))?;
        raw.push(
            number(weight, "value")?
                .ok_or_else(|| Error::of(Code::Unreadable, format!("the weight of `{}` has no value", issue.name)))?,
        );
        if *carried {
            values.push(
                read_values(node, issue, *from)
                    .map_err(|problem| Error::of(Code::Unreadable, format!("`{}`: {problem}", issue.name)))?,
            );
        }
    }
    let sum: f64 = raw.iter().sum();
    if !(sum > 0.0 && sum.is_finite()) {
        return Err(Error::of(Code::Unreadable, format!("the weights add up to {sum}")));
    }
    if (sum - 1.0).abs() > 1e-9 {
        draft.notes.push(format!("The weights of {name} added up to {sum}."));
    }
    let weights = issues.iter().zip(&raw).filter(|(issue, _)| issue.carried).map(|(_, weight)| weight / sum).collect();
    let mut reservation = 0.0;
    for node in root.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "objective" => {}
            "reservation" => reservation = number(node, "value")?.unwrap_or(0.0),
            "discount_factor" => {
                if let Some(factor) = number(node, "value")?.filter(|factor| *factor != 1.0) {
                    draft.left_out.push(format!("the discount factor of `{name}`: {factor}"));
                }
            }
            tag => draft.left_out.push(format!("<{tag}> of `{name}`")),
        }
    }
    if elements(root, "objective").count() > 1 {
        draft.notes.push(format!("The objectives of {name} are nested; each issue has its own weight only."));
    }
    Ok(DraftParty { name: name.to_owned(), weights, values, reservation: Some(reservation) })
}

fn read_values(node: Node, issue: &DraftIssue, from: Option<i64>) -> Result<Vec<f64>, Error> {
    let items: Vec<Node> = node.children().filter(|child| child.has_tag_name("item")).collect();
    if !items.is_empty() {
        let mut values = vec![];
        for level in &issue.levels {
            let item = items.iter().find(|item| item.attribute("value") == Some(level));
            let item = item.ok_or_else(|| Error::of(Code::Unreadable, format!("no evaluation of `{level}`")))?;
            values.push(
                number(*item, "evaluation")?
                    .ok_or_else(|| Error::of(Code::Unreadable, format!("`{level}` has no evaluation")))?,
            );
        }
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        return Ok(if most > 0.0 { values.iter().map(|value| value / most).collect() } else { values });
    }
    let Some(from) = from else { return Err(Error::of(Code::Unreadable, "no evaluations")) };
    let evaluator = node
        .children()
        .find(|child| child.has_tag_name("evaluator"))
        .ok_or_else(|| Error::of(Code::Unreadable, "no evaluator"))?;
    let form = evaluator.attribute("ftype").unwrap_or("linear");
    if form != "linear" {
        return Err(Error::of(Code::Unreadable, format!("a {form} evaluator is not known here")));
    }
    let either = |one, other| Ok::<_, Error>(number(evaluator, one)?.or(number(evaluator, other)?));
    let (offset, slope) = (either("offset", "parameter0")?, either("slope", "parameter1")?);
    let (Some(offset), Some(slope)) = (offset, slope) else {
        return Err(Error::of(Code::Unreadable, "a linear evaluator needs offset and slope"));
    };
    let start = bound(node, "lowerbound").and_then(|text| text.trim().parse().ok()).unwrap_or(from);
    let value = |i: usize| offset + slope * (from - start + i as i64) as f64;
    Ok((0..issue.levels.len()).map(|i| value(i).clamp(0.0, 1.0)).collect())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{folder, read};
    use super::*;

    const DOMAIN: &str = r#"<?xml version="1.0"?>
<negotiation_template><utility_space number_of_issues="2"><objective index="0" name="root" etype="objective" type="objective">
  <issue index="1" name="meal" etype="discrete" type="discrete" vtype="discrete">
    <item index="1" value="soup"/><item index="2" value="fish"/><item index="3" value="cake"/>
  </issue>
  <issue index="2" name="guests" etype="integer" type="integer" vtype="integer" lowerbound="10" upperbound="12"/>
</objective></utility_space></negotiation_template>"#;
    const HOST: &str = r#"<utility_space><objective index="0" name="root">
  <issue index="1" name="meal" type="discrete">
    <item index="2" value="fish" evaluation="4"/><item index="1" value="soup" evaluation="2"/><item index="3" value="cake" evaluation="1"/>
  </issue>
  <issue index="2" name="guests" type="integer" lowerbound="10" upperbound="12"><evaluator ftype="linear" offset="0.25" slope="0.5"/></issue>
  <weight index="1" value="3"/><weight index="2" value="1"/>
</objective><discount_factor value="0.8"/><reservation value="0.3"/></utility_space>"#;
    const GUEST: &str = r#"<utility_space><objective index="0" name="root">
  <issue index="1" name="meal" type="discrete">
    <item index="1" value="soup" evaluation="0.2"/><item index="2" value="fish" evaluation="0.4"/><item index="3" value="cake" evaluation="0.8"/>
  </issue>
  <issue index="2" name="guests" type="integer" lowerbound="10" upperbound="12"><evaluator ftype="linear" parameter0="1" parameter1="-0.5"/></issue>
  <weight index="1" value="0.5"/><weight index="2" value="0.5"/>
</objective><discount_factor value="1.0"/><reservation value="0"/></utility_space>"#;

    fn import(files: &[(&str, &str)]) -> Result<Imported, Vec<String>> {
        let (names, open) = folder(files);
        genius(&names, &open, Play::default())
    }

    #[test]
    fn utilities_are_the_ones_genius_shows() {
        let imported = import(&[("party.xml", DOMAIN), ("host.xml", HOST), ("guest.xml", GUEST)]).unwrap();
        assert_eq!(imported.left_out, ["the discount factor of `host`: 0.8"]);
        let (file, utilities) = read(&imported);
        assert_eq!(file.title, "party");
        let names: Vec<_> = file.bargaining.parties.iter().map(|party| party.name.as_str()).collect();
        assert_eq!(names, ["guest", "host"]);
        // The host: 3/4 (2, 4, 1) / 4 + 1/4 (.25, .75, 1.25 held at 1); the guest: (.25, .5, 1) / 2 + (1, .5, 0) / 2.
        let expected = [
            [0.625, 0.4375],
            [0.375, 0.5625],
            [0.125, 0.625],
            [0.75, 0.8125],
            [0.5, 0.9375],
            [0.25, 1.0],
            [1.0, 0.25],
            [0.75, 0.375],
            [0.5, 0.4375],
        ];
        for (found, expected) in utilities.iter().zip(expected) {
            assert!((found[0] - expected[0]).abs() < 1e-12 && (found[1] - expected[1]).abs() < 1e-12, "{utilities:?}");
        }
        for line in [
            "// As GENIUS does, evaluations are divided by the highest of their issue and weights by their sum.",
            "// The weights of host added up to 4.",
            "// Left out: the discount factor of `host`: 0.8.",
        ] {
            assert!(imported.scenario.lines().any(|found| found == line), "{}", imported.scenario);
        }
    }

    #[test]
    fn a_real_issue_is_named_and_its_weight_still_counts() {
        let real = |text: &str| {
            text.replace(r#"name="guests" etype="integer" type="integer""#, r#"name="guests" type="real""#)
                .replace(r#"name="guests" type="integer""#, r#"name="guests" type="real""#)
        };
        let (domain, host, guest) = (real(DOMAIN), real(HOST), real(GUEST));
        let imported = import(&[("a.xml", &domain), ("b.xml", &host), ("c.xml", &guest), ("d.txt", "")]).unwrap();
        assert_eq!(
            imported.left_out,
            [
                "the file `d.txt`: not XML",
                "the issue `guests`: a real issue has no list of levels",
                "the discount factor of `b`: 0.8",
            ]
        );
        let (_, utilities) = read(&imported);
        assert_eq!(utilities.len(), 3);
        assert!((utilities[1][0] - 0.75).abs() < 1e-12);
    }

    #[test]
    fn a_broken_profile_is_refused() {
        let files = |host: &str| import(&[("a.xml", DOMAIN), ("b.xml", host), ("c.xml", GUEST)]).unwrap_err();
        assert_eq!(files(&HOST.replace("fish", "meat")), ["b.xml: `meal`: no evaluation of `fish`"]);
        assert_eq!(
            files(&HOST.replace(r#"index="2" value="1""#, r#"index="9" value="1""#)),
            ["b.xml: `guests` has no weight"]
        );
        assert_eq!(
            files(&HOST.replace("linear", "triangular")),
            ["b.xml: `guests`: a triangular evaluator is not known here"]
        );
        assert_eq!(
            files(&HOST.replace(r#"name="meal""#, r#"name="food""#)),
            ["b.xml: the profile says nothing about `meal`"]
        );
        assert!(files("<utility_space>")[0].starts_with("b.xml: "));
        assert!(import(&[("c.xml", GUEST)]).unwrap_err()[0].starts_with("no file holds a domain"));
    }
}
