//! The catalogue and the notes fit each other: nothing is missing, nothing is left over, nobody hears too much.

use std::collections::BTreeSet;

use super::arguments::Hearing;
use super::phrases::PHRASES;
use super::{SPOKEN, Voice};
use crate::game::testing::{stockholm, stockholm_with};
use crate::report::page::Weight;
use crate::report::words::Words;
use crate::world::heard::Hearer;
use crate::world::phase::Phase;
use crate::world::trace::{Kind, Move, Note, Refusal, What};

const VOICES: [Voice; 7] =
    [Voice::Told, Voice::Weight, Voice::Line, Voice::You, Voice::Room, Voice::Headline, Voice::Odds];

/// Whom a voice speaks to.
fn hearers(voice: Voice) -> Vec<Hearer> {
    match voice {
        Voice::Told | Voice::Weight | Voice::Line => vec![Hearer::Reader],
        Voice::You => vec![Hearer::Seat(0), Hearer::Seat(1)],
        Voice::Room | Voice::Headline => vec![Hearer::Room],
        Voice::Odds => vec![Hearer::Reader, Hearer::Mind(0), Hearer::Mind(1)],
    }
}

fn id(kind: Kind) -> String {
    serde_json::to_value(kind).expect("JSON").as_str().expect("a name").to_string()
}

fn note(party: usize, what: What) -> Note {
    Note { round: 3, phase: Phase::Ratify, party: Some(party), what }
}

/// The sentences that a note's voice says.
fn said(words: &Words, note: &Note, voice: Voice) -> Vec<String> {
    hearers(voice).into_iter().map(|h| Hearing::of(words, note, h).say(voice).unwrap_or_default()).collect()
}

#[test]
fn every_kind_of_note_has_its_voices_and_the_catalogue_nothing_else() {
    let mut known: BTreeSet<String> = PHRASES.iter().map(|(id, _)| id.to_string()).collect();
    for kind in Kind::ALL {
        let id = id(*kind);
        for voice in [Voice::Told, Voice::You, Voice::Room, Voice::Odds] {
            let name = format!("{id}.{}", voice.name());
            assert!(SPOKEN.asked.contains_key(&name), "{name} is missing; a voice that keeps silent is {{\"\"}}");
        }
        known.extend(VOICES.iter().map(|voice| format!("{id}.{}", voice.name())));
    }
    let left: Vec<&String> = SPOKEN.asked.keys().filter(|name| !known.contains(*name)).collect();
    assert!(left.is_empty(), "nothing says {left:?}");
}

#[test]
fn every_sentence_finds_its_arguments_and_asks_for_none_that_its_listener_may_not_hear() {
    let setup = stockholm();
    let words = Words::new(&setup);
    for kind in Kind::ALL {
        let note = note(0, kind.blank());
        for voice in VOICES {
            let name = format!("{}.{}", id(*kind), voice.name());
            for hearer in hearers(voice) {
                let event = Hearing::of(&words, &note, hearer);
                for argument in SPOKEN.asked.get(&name).into_iter().flatten() {
                    assert!(event.argument(argument).is_some(), "{name} asks {hearer:?} for ${argument}");
                }
                event.say(voice);
            }
        }
    }
    // The check can fail: no other seat hears how likely a vote was to pass, nor does the room.
    let vote = note(0, What::Passed { support: 0.7, chance: 0.9 });
    for hearer in [Hearer::Seat(0), Hearer::Seat(1), Hearer::Room] {
        assert!(Hearing::of(&words, &vote, hearer).argument("chance").is_none());
    }
}

#[test]
fn every_phrase_is_there_and_is_given_what_it_asks_for_and_no_more() {
    for (id, given) in PHRASES {
        let asked = SPOKEN.asked.get(*id).unwrap_or_else(|| panic!("{id} is missing"));
        let sorted = |names: Vec<&str>| BTreeSet::from_iter(names.into_iter().map(str::to_string));
        assert_eq!(sorted(asked.iter().map(String::as_str).collect()), sorted(given.to_vec()), "{id}");
    }
}

#[test]
fn every_sentence_for_a_reader_has_a_weight() {
    let setup = stockholm();
    let words = Words::new(&setup);
    for kind in Kind::ALL {
        let note = note(0, kind.blank());
        let event = Hearing::of(&words, &note, Hearer::Reader);
        if event.say(Voice::Told).is_some() {
            let weight = event.say(Voice::Weight).unwrap_or_default();
            assert!(Weight::named(&weight).is_some(), "{}: `{weight}` is no weight", id(*kind));
        }
    }
}

#[test]
fn an_offer_is_counted_by_the_exchanges_of_the_scenario() {
    let setup = stockholm_with(&["talks.exchanges=8"]);
    let offer = What::Offer { exchange: 6, package: vec![], worth: [1.0; 2], asks: 1.0, reserve: 1.0, refused: None };
    let words = Words::new(&setup);
    assert_eq!(said(&words, &note(0, offer), Voice::Room), ["China offers (7 of 8, accepted): nothing moves"]);
}

#[test]
fn a_country_signs_with_whoever_presses_it() {
    let setup = stockholm_with(&["parties.us.name=Freedonia"]);
    let words = Words::new(&setup);
    let us = setup.party("us").expect("a party");
    let name = &setup.countries[0].name;
    let signed = note(0, What::CountrySigned { country: 0, with: us });
    assert_eq!(said(&words, &signed, Voice::Room), [format!("{name} signs with Freedonia")]);
    assert_eq!(said(&words, &signed, Voice::Told), [format!("{name} signs with Freedonia.")]);
    let alone = note(0, What::CountrySigned { country: 0, with: crate::world::setup::NOBODY });
    assert_eq!(said(&words, &alone, Voice::Room), [format!("{name} signs")]);
}

#[test]
fn a_truce_that_never_ends_is_silent_and_any_other_is_told() {
    let setup = stockholm();
    let words = Words::new(&setup);
    let signed = |expiry| note(0, What::Signed { leaders: false, pledges: vec![], expiry });
    let all = |note: &Note| [Voice::Told, Voice::You, Voice::Room].map(|voice| said(&words, note, voice)[0].clone());
    assert_eq!(all(&signed(None)), ["Signed.", "Signed.", "a package is signed"]);
    let far = all(&signed(Some(2000)));
    assert!(far[0].starts_with("Signed. The truce now holds to ") && far[1].contains(" The truce holds to "));
    assert_eq!(far[2], "a package is signed; the truce holds beyond the end of the game");
}

#[test]
fn restoring_a_truce_is_not_called_extending_it() {
    let setup = stockholm();
    let words = Words::new(&setup);
    let consent = note(0, What::Consent { chance: 0.6, gives: true, to_restore: true });
    assert_eq!(said(&words, &consent, Voice::Room), ["China would restore the truce"]);
    assert_eq!(said(&words, &consent, Voice::You)[0], "To restore the truce: you are for it.");
    assert_eq!(said(&words, &consent, Voice::Told), ["China would restore the truce (60 % likely)."]);
}

#[test]
fn a_court_without_words_of_its_own_has_some_in_every_voice() {
    let setup = stockholm();
    let words = Words::new(&setup);
    let shock = note(0, What::Shock { moved: Move::default(), what: String::new() });
    assert!(said(&words, &shock, Voice::Room)[0].starts_with("a court or a law intervenes ("));
    assert!(said(&words, &shock, Voice::Odds)[0].starts_with("a court moved "));
}

#[test]
fn what_is_ones_own_is_said_in_the_second_person() {
    let setup = stockholm();
    let words = Words::new(&setup);
    let pressed = setup.lever("third-threat").or(setup.lever("third_threat")).expect("a lever of China's");
    let package = vec![Move { lever: pressed, from: 30.0, to: 40.0 }];
    let offer = What::Offer {
        exchange: 0,
        package,
        worth: [1.0, 2.0],
        asks: 1.0,
        reserve: 1.0,
        refused: Some(Refusal::BelowReserve),
    };
    let [mine, theirs] = &said(&words, &note(1, offer), Voice::You)[..] else { panic!("two seats") };
    assert!(theirs.starts_with("You let the other tighten pressure"), "{theirs}");
    assert!(theirs.ends_with("Worth 2.0 to you. China would rather wait."), "{theirs}");
    assert!(mine.starts_with("The United States lets the other tighten pressure"), "{mine}");
    assert!(mine.ends_with("Worth 1.0 to you. You say no."), "{mine}");
}
