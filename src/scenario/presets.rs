//! Strategies that every scenario can name without writing them down.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::strategy::Strategy;

const TEXT: &str = include_str!("presets.ron");

/// The built-in strategies, by name.
pub fn built_in() -> &'static BTreeMap<String, Strategy> {
    static PRESETS: OnceLock<BTreeMap<String, Strategy>> = OnceLock::new();
    PRESETS.get_or_init(|| {
        let tree = super::read::read(TEXT, 0).unwrap_or_else(|e| panic!("presets.ron: {}", e[0].text));
        super::decode::decode(&tree).unwrap_or_else(|e| panic!("presets.ron: {}", e[0].text))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_preset_says_what_it_does_and_where_it_is_from() {
        let all = super::built_in();
        assert!(all.len() >= 10);
        assert!(all.values().all(|s| !s.about.is_empty() && !s.source.is_empty()));
    }
}
