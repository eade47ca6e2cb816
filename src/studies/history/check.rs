//! What is wrong with a file of episodes: days out of order, facts that no source is late enough to know, anything after
//! the day at which knowledge ends.

use std::collections::BTreeSet;

use super::episode::{Answer, Day, Episode, History, SCHEMA, Settled, What};

/// A fault: the path of the field, and what is wrong.
type Fault = (String, String);

impl History {
    /// What is wrong with it, by path.
    pub fn faults(&self) -> Vec<Fault> {
        let mut out = vec![];
        if self.schema != SCHEMA {
            let text = format!("a file of episodes has schema: \"{SCHEMA}\", found \"{}\"", self.schema);
            out.push(("schema".into(), text));
        }
        if self.episodes.is_empty() {
            out.push(("episodes".into(), "an episode at least is needed".into()));
        }
        let cited: BTreeSet<&String> = self.episodes.iter().flat_map(|e| &e.sources).collect();
        for (name, document) in &self.sources {
            if document.published > self.until {
                let text =
                    format!("this was published on {}, and nothing after {} is known", document.published, self.until);
                out.push((format!("sources.{name}.published"), text));
            }
            if !cited.contains(name) {
                out.push((format!("sources.{name}"), format!("no episode names the source \"{name}\"")));
            }
        }
        let mut seen = BTreeSet::new();
        for (i, episode) in self.episodes.iter().enumerate() {
            let at = |field: &str| format!("episodes.{i}.{field}");
            if !seen.insert(&episode.id) {
                out.push((at("id"), format!("another episode is called \"{}\"", episode.id)));
            }
            let faults =
                [self.of_words(episode), self.of_sources(episode), self.of_days(episode), self.of_truce(episode)];
            out.extend(faults.concat().into_iter().map(|(field, text)| (at(&field), text)));
        }
        out
    }

    /// Texts that say nothing, sizes that are none.
    fn of_words(&self, episode: &Episode) -> Vec<Fault> {
        let mut out = vec![];
        for (field, text) in [("id", &episode.id), ("by", &episode.by), ("on", &episode.on), ("coded", &episode.coded)]
        {
            if text.trim().is_empty() {
                out.push((field.to_owned(), "nothing is said here".to_owned()));
            }
        }
        if episode.by == episode.on {
            out.push(("on".into(), format!("\"{}\" acts on itself", episode.by)));
        }
        if episode.size.as_ref().is_some_and(|size| !(size.value > 0.0 && size.value.is_finite())) {
            out.push(("size.value".into(), "a size is above 0".into()));
        }
        if let What::Delivery { promised, delivered, .. } = &episode.what
            && !(*promised > 0.0 && *delivered >= 0.0 && promised.is_finite() && delivered.is_finite())
        {
            out.push(("what".into(), "what is promised is above 0, and what is delivered not below".into()));
        }
        out
    }

    /// Sources that are not there, and facts that none of them can know.
    fn of_sources(&self, episode: &Episode) -> Vec<Fault> {
        let mut out = vec![];
        let named = episode.sources.iter().enumerate();
        for (k, name) in named.filter(|(_, name)| !self.sources.contains_key(*name)) {
            out.push((format!("sources.{k}"), format!("there is no source \"{name}\"")));
        }
        let published = episode.sources.iter().filter_map(|name| self.sources.get(name)).map(|d| d.published);
        match published.max() {
            None if out.is_empty() => out.push(("sources".into(), "a source at least is needed".into())),
            Some(latest) => {
                let late = episode.what.happened().into_iter().filter(|(_, day)| *day > latest);
                out.extend(late.map(|(field, day)| {
                    let text = format!("this happened on {day}, and its last source is of {latest}");
                    (format!("what.{field}"), text)
                }));
            }
            None => {}
        }
        out
    }

    /// Days that stand the wrong way round, and days of which nothing can be known.
    fn of_days(&self, episode: &Episode) -> Vec<Fault> {
        let mut out = vec![];
        if episode.as_of > self.until {
            out.push(("as_of".into(), format!("nothing after {} is known", self.until)));
        }
        for (field, day) in episode.what.happened().into_iter().filter(|(_, day)| *day > episode.as_of) {
            out.push((
                format!("what.{field}"),
                format!("this happened on {day}, and is known up to {}", episode.as_of),
            ));
        }
        for (field, earlier, later) in ordered(&episode.what) {
            if earlier > later {
                out.push((format!("what.{field}"), format!("{earlier} stands before {later}, and is later")));
            }
        }
        let open = match &episode.what {
            What::Threat { due, came: Answer::Open, .. } | What::Expiry { due, came: Settled::Open, .. } => Some(*due),
            _ => None,
        };
        if open.is_some_and(|due| due <= episode.as_of) {
            out.push(("what.came".into(), format!("its day has come by {}, so it is not open", episode.as_of)));
        }
        if matches!(&episode.what, What::Meetings { on, .. } if on.len() < 2) {
            out.push(("what.on".into(), "two meetings at least are needed for a gap".into()));
        }
        out
    }

    /// A clash that no truce of these two comes before.
    fn of_truce(&self, episode: &Episode) -> Vec<Fault> {
        let What::Clash { on, truce } = &episode.what else { return vec![] };
        let pair = [&*episode.by, &*episode.on];
        let is_it = |other: &&Episode| other.id == *truce && other.is_between(pair);
        let made = self.episodes.iter().filter(is_it).find_map(|other| match other.what {
            What::Truce { made, .. } => Some(made),
            _ => None,
        });
        match made {
            Some(made) if made <= *on => vec![],
            Some(made) => vec![("what.on".into(), format!("the truce was made on {made}, after this"))],
            None => vec![("what.truce".into(), format!("no truce of these two is called \"{truce}\""))],
        }
    }
}

/// Two days each of which the first may not be later than the second, with the field that would be wrong.
fn ordered(what: &What) -> Vec<(&'static str, Day, Day)> {
    match what {
        What::Threat { announced, due, came } => {
            let mut out = vec![("due", *announced, *due)];
            match came {
                Answer::CarriedOut { on, .. } => out.push(("came", *announced, *on)),
                Answer::Postponed { on, to } => out.extend([("came", *on, *due), ("came", *due, *to)]),
                Answer::Dropped { on } => out.push(("came", *on, *due)),
                Answer::Open => {}
            }
            out
        }
        What::Expiry { due, came, .. } => match came {
            Settled::Extended { on, to } => {
                [("came", *on, *due)].into_iter().chain(to.map(|to| ("came", *due, to))).collect()
            }
            Settled::Replaced { on } => vec![("came", *on, *due)],
            Settled::Lapsed | Settled::Open => vec![],
        },
        What::Control { imposed, lifted, .. } => {
            lifted.map(|lifted| ("lifted", *imposed, lifted)).into_iter().collect()
        }
        What::Meetings { on, .. } => on.windows(2).map(|two| ("on", two[0], two[1])).collect(),
        What::Delivery { from, to, .. } => vec![("to", *from, *to)],
        What::Truce { made, until } => until.map(|until| ("until", *made, until)).into_iter().collect(),
        What::Clash { .. } | What::Move { .. } => vec![],
        What::Ruling { ruled, stayed, undone, .. } => {
            let after = |field, day: &Option<Day>| day.map(|day| (field, *ruled, day));
            after("stayed", stayed).into_iter().chain(after("undone", undone)).collect()
        }
    }
}
