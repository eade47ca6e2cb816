//! Notes that two of a delegation change at once: put together where they changed different lines, else neither is lost.

/// What two made of the same text, `first` having been saved before `second`; none where both changed the same lines.
pub fn merged(base: &str, first: &str, second: &str) -> Option<String> {
    if first == second || second == base {
        return Some(first.into());
    }
    if first == base {
        return Some(second.into());
    }
    let [base, first, second] = [base, first, second].map(|text| text.lines().collect::<Vec<_>>());
    let ([a, b], [c, d]) = (changed(&base, &first), changed(&base, &second));
    // What is written between two lines that stand is no change of either; at one place the first comes first.
    let (early, late) = if b <= c { ((a, b, &first), (c, d, &second)) } else { ((c, d, &second), (a, b, &first)) };
    if early.1 > late.0 || (a == c && (b > a || d > c)) {
        return None;
    }
    // Behind what one changed stand as many lines as in what it was made of.
    let ends = |to: usize, text: &[&str]| text.len() - (base.len() - to);
    let lines = [
        &base[..early.0],
        &early.2[early.0..ends(early.1, early.2)],
        &base[early.1..late.0],
        &late.2[late.0..ends(late.1, late.2)],
        &base[late.1..],
    ];
    Some(lines.concat().join("\n"))
}

/// The lines of a text that another one changed: from, to.
fn changed(base: &[&str], text: &[&str]) -> [usize; 2] {
    let same = |a: &[&str], b: &[&str]| a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let from = same(base, text);
    let most = base.len().min(text.len()) - from;
    let behind = base.iter().rev().zip(text.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
    [from, base.len() - behind]
}

#[cfg(test)]
mod tests {
    use super::merged;

    #[test]
    fn changes_of_different_lines_are_put_together() {
        let base = "magnets first\nsoy\nno chips";
        let both = |first: &str, second: &str| merged(base, first, second);
        assert_eq!(
            both("magnets first, 74\nsoy\nno chips", "magnets first\nsoy\nno chips at all").as_deref(),
            Some("magnets first, 74\nsoy\nno chips at all")
        );
        assert_eq!(
            both("magnets first\nsoy\nno chips at all", "magnets\nsoy\nno chips").as_deref(),
            Some("magnets\nsoy\nno chips at all")
        );
        assert_eq!(
            both("magnets first\nsoy\nno chips\nA", "magnets first\nsoy\nno chips\nB").as_deref(),
            Some("magnets first\nsoy\nno chips\nA\nB"),
            "two who add a line"
        );
        assert_eq!(
            both("magnets first\nno chips", "magnets first\nsoy\nno chips\nB").as_deref(),
            Some("magnets first\nno chips\nB")
        );
        assert_eq!(both(base, "x").as_deref(), Some("x"));
        assert_eq!(both("x", base).as_deref(), Some("x"));
        assert_eq!(both("x", "x").as_deref(), Some("x"));
        assert_eq!(merged("", "A", "B").as_deref(), Some("A\nB"), "two who write the first line");
    }

    #[test]
    fn changes_of_one_line_are_not() {
        for (base, first, second) in [
            ("soy", "soy 10", "soy 20"),
            ("a\nb", "a 1\nb", "a 2\nb"),
            ("a\nb", "b", "a 1\nb"),
            ("a\nb\nc", "a\nx\nc", "a\nc"),
            ("a\nb", "x\ny", "a\nz"),
            ("a", "new\na", "a 1"),
        ] {
            assert_eq!(merged(base, first, second), None, "{base:?} {first:?} {second:?}");
        }
    }
}
