//! Paths as a page names them.

/// The last steps of a path, as many as tell it from the others.
pub fn short(path: &str, paths: &[String]) -> String {
    let tail = |path: &str, n: usize| {
        let steps: Vec<&str> = path.split('.').collect();
        steps[steps.len().saturating_sub(n)..].join(".")
    };
    (1..8)
        .map(|n| tail(path, n))
        .find(|name| paths.iter().filter(|other| tail(other, name.split('.').count()) == *name).count() == 1)
        .unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_end_alike_are_told_apart() {
        let paths = ["a.escalate.Threat.per_round", "a.escalate.Grit.per_round", "a.accept.after"].map(String::from);
        let told: Vec<String> = paths.iter().map(|path| short(path, &paths)).collect();
        assert_eq!(told, ["Threat.per_round", "Grit.per_round", "after"]);
    }
}
