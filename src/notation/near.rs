//! "Did you mean": the nearest of the names there are.

/// The name most like `word`, if any is near enough to be a slip of the hand.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |name: &str| name.to_lowercase().replace(['-', ' '], "_");
    let word = plain(word);
    names
        .into_iter()
        .filter(|name| name.len() <= 200 && word.len() <= 200)
        .map(|name| {
            let other = plain(name);
            let slips = strsim::damerau_levenshtein(&word, &other);
            let likeness = strsim::jaro_winkler(&word, &other);
            let begun = word.len() > 2 && other.starts_with(&word);
            (begun || slips <= 1 + word.chars().count() / 4 || likeness > 0.88, slips, likeness, name)
        })
        .filter(|(near, slips, _, name)| *near && *slips < word.chars().count().max(name.chars().count()).max(2))
        .min_by(|a, b| a.1.cmp(&b.1).then(b.2.total_cmp(&a.2)))
        .map(|(_, _, _, name)| name)
}

/// Names for a message: `` `a`, `b`, `c` ``, twelve at most.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let shown: Vec<String> = names.iter().take(12).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(12) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The end of a sentence that says a name is not there: a near name, or none.
pub fn did_you_mean<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, names).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_seen_and_a_stranger_is_not() {
        let names = ["patience", "prestige", "politics", "date_round"];
        assert_eq!(nearest("patiense", names), Some("patience"));
        assert_eq!(nearest("Prestige", names), Some("prestige"));
        assert_eq!(nearest("date", names), Some("date_round"));
        assert_eq!(nearest("tariff", names), None);
        assert_eq!(nearest("x", ["y"]), Some("y"));
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn long_lists_are_cut() {
        assert_eq!(listed(["a", "b"]), "`a`, `b`");
        assert!(listed(["a"; 20]).ends_with("and 8 more"));
    }
}
