//! The sentences of `phrases.ftl`: a type for each, so that none is said without its arguments.

use fluent_bundle::FluentValue;

/// An argument of a sentence.
type Argument = FluentValue<'static>;

macro_rules! phrases {
    ($($name:ident = $id:literal { $($argument:ident),* })*) => {
        $(
            #[doc = concat!("`", $id, "`")]
            pub(crate) struct $name { $(pub(crate) $argument: Argument),* }

            impl $name {
                /// The sentence.
                pub(crate) fn text(&self) -> String {
                    let argument = |name: &str| match name {
                        $(stringify!($argument) => Some(self.$argument.clone()),)*
                        _ => None,
                    };
                    super::SPOKEN.say($id, argument).unwrap_or_default()
                }
            }
        )*

        /// All of them, with what they are given.
        #[cfg(test)]
        pub(super) const PHRASES: &[(&str, &[&str])] = &[$(($id, &[$(stringify!($argument)),*])),*];
    };
}

phrases! {
    PackagePart = "package-part" { group, by, moves }
    PackageNothing = "package-nothing" { by }
    OfferWorth = "offer-worth" { refused, own, theirs, hearer, proposer, waiting, asks }
    OfferFirst = "offer-first" { who, package, worth }
    OfferSecond = "offer-second" { how, who, levels, package, worth }
    LevelAt = "level-at" { lever, level }
    OfferTaken = "offer-taken" { offers, who, who_first, package, worth }
    LastOffer = "last-offer" { refused, party, worth, proposer, waiting, asks }
    NoAgreement = "no-agreement" { offers, last }
    CameNear = "came-near" { progress }
    VoteOf = "vote-of" { party, support }
    Votes = "votes" { how, first, second }
    ReviewOf = "review-of" { lever, delivered }
    Reviews = "reviews" { whose, found }
    ToneMoved = "tone-moved" { from, to }
    Scales = "scales" { life, unit, tone }
    WaitsFor = "waits-for" { asked, other, other_first }
    TruceUntil = "truce-until" { weeks, day }
    OfferAgain = "offer-again" { who, exchange, exchanges, refused, how, package }
    CardMood = "card-mood" { by }
    CardLever = "card-lever" { lever, moves, way }
    CardBoth = "card-both" { mood, lever }
    CardNothing = "card-nothing" {}
    Dated = "dated" { day, said }
    Parties = "parties" { how, first, second }
    Otherwise = "otherwise" { matter, said, who, exchange }
    OtherwiseNothing = "otherwise-nothing" {}
}
