//! Numbers of parts as Slurm's `--array` takes them.

/// Sorted numbers in short: `3,17,40-44`.
pub fn listed(numbers: &[u64]) -> String {
    let mut runs: Vec<(u64, u64)> = vec![];
    for n in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *n => *last = *n,
            _ => runs.push((*n, *n)),
        }
    }
    let told = |(from, to): &(u64, u64)| if from == to { from.to_string() } else { format!("{from}-{to}") };
    runs.iter().map(told).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_a_range() {
        assert_eq!(listed(&[3, 17, 40, 41, 42, 43, 44]), "3,17,40-44");
        assert_eq!((listed(&[]).as_str(), listed(&[0, 1]).as_str()), ("", "0-1"));
    }
}
