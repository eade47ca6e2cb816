//! Stockholm with one thing wrong, and what is said of it.

use super::*;
use crate::scenario::load::load_as;

const STOCKHOLM: &str = include_str!("../../../scenarios/stockholm-2025.ron");
const DOLLAR: &str = include_str!("../../../scenarios/theory/split-the-dollar.ron");

/// What is said of a text, with the opening of what is underlined.
fn told(text: &str) -> Vec<String> {
    let open = |_: &str| Ok(text.to_owned());
    let (scenario, loaded) = load_as::<Scenario>("x.ron", &open, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    let shown = |problem: &Problem| {
        let at = problem.at.expect("a place");
        let written: String = text[at.start..at.end].chars().take(24).collect();
        format!("{} @ {}", problem.text, written.lines().next().unwrap_or_default())
    };
    check(&scenario, &loaded).iter().map(shown).collect()
}

fn changed(base: &str, from: &str, to: &str) -> Vec<String> {
    assert!(base.contains(from), "{from}");
    told(&base.replacen(from, to, 1))
}

#[test]
fn shipped_scenarios_are_in_order() {
    assert_eq!(told(STOCKHOLM), [""; 0]);
    assert_eq!(told(DOLLAR), [""; 0]);
}

#[test]
fn each_problem_has_its_words_and_its_place() {
    let cases = [
        (
            "schema: \"summitry/1\"",
            "schema: \"summitry/2\"",
            "this program reads \"summitry/1\", found \"summitry/2\" @ \"summitry/2\"",
        ),
        (
            "title: \"Stockholm 2025: a deal-seeker meets a player for time\"",
            "title: \" \"",
            "the title is empty @ \" \"",
        ),
        ("rounds: 26, deal_life: 52", "rounds: 0, deal_life: 52", "a game has 1 round at least, found 0 @ 0"),
        ("deal_life: 52", "deal_life: 0", "a deal lives 1 round at least, found 0 @ 0"),
        (
            "rounds: 26, deal_life: 52",
            "rounds: 400, deal_life: 200",
            "a deal of 200 rounds would end within the 400 rounds of the game @ 200",
        ),
        ("2025-07-21", "2025-02-30", "\"2025-02-30\" is not a day of the calendar @ \"2025-02-30\""),
        ("2025-07-21", "20250721", "\"20250721\" is not a day of the calendar @ \"20250721\""),
        ("round_days: 7", "round_days: 0", "a round has 1 day at least, found 0 @ 0"),
        ("exchanges: 6", "exchanges: 65", "a session has 1 to 64 exchanges, found 65 @ 65"),
        ("opener: Coin", "opener: Alternate(first: \"usa\")", "there is no party `usa`; did you mean `us`? @ \"usa\""),
        ("extend_by: 13", "extend_by: 0", "an extension of the truce lasts 1 round at least, found 0 @ 0"),
        ("shortest: 3", "shortest: 30", "the shortest extension, 30, is longer than the longest, 26 @ 30"),
        ("ahead_from: 5", "ahead_from: 0", "the last round before it lapses is 1 ahead, found 0 @ 0"),
        (
            "TruceExpires(at: 3, extend_by: 13, length: Bargained(shortest: 3, longest: 26), ahead: 0.03, ahead_from: 5, price: 0.5)",
            "TalksEvery(gap: 3)",
            "the calendar has one `TalksEvery` at most @ TalksEvery(gap: 3)",
        ),
        (
            "TruceExpires(at: 3, extend_by: 13, length: Bargained(shortest: 3, longest: 26), ahead: 0.03, ahead_from: 5, price: 0.5)",
            "Talks(at: 1)",
            "talks are held once in a round, found round 1 twice @ 1",
        ),
        (
            "invite_at: 11",
            "invite_at: 14",
            "the invitation of round 14 does not come before the summit of round 14 @ 14",
        ),
        (
            "prepare_at: 13",
            "prepare_at: 11",
            "the preparatory talks of round 11 do not come between the invitation of round 11 and the summit of round 14 @ 11",
        ),
        (
            "place: \"Stockholm\"),",
            "place: \"Stockholm\"), Shock(from: 6, to: 5, chance: 0.1, lever: \"us_tariff\", level: 30),",
            "this shock ends before it begins: from round 6 to 5 @ 6",
        ),
        (
            "Case(lever: \"us_tariff\"",
            "Case(lever: \"us_tarif\"",
            "there is no lever `us_tarif`; did you mean `us_tariff`? @ \"us_tarif\"",
        ),
        (
            "strikes: [\"fentanyl\"",
            "strikes: [\"fentanil\"",
            "there is no layer `fentanil`; did you mean `fentanyl`? @ \"fentanil\"",
        ),
        (
            "name: \"fentanyl\", up_to: 30",
            "name: \"fentanyl\", up_to: 3",
            "layers lie on one another, and this one ends at 3 below 10 @ 3",
        ),
        (
            "(name: \"reciprocal\")",
            "(name: \"reciprocal\", up_to: 145)",
            "the highest layer of `us_tariff` reaches to the top of its range, found 145 @ 145",
        ),
        (
            "place: \"Stockholm\"),",
            "place: \"Stockholm\"), Shock(from: 6, to: 25, chance: 0.1, lever: \"us_tariff\", level: 300),",
            "the level 300 lies outside the range of `us_tariff`, 0 to 145 @ 300",
        ),
        (
            "eased_by: \"opening\"",
            "eased_by: \"openin\"",
            "there is no lever `openin`; did you mean `opening`? @ \"openin\"",
        ),
        ("press: \"fortress\"", "press: \"castle\"", "there is no lever `castle` @ \"castle\""),
        (
            "threaten: \"third_threat\"",
            "threaten: \"third_treat\"",
            "there is no lever `third_treat`; did you mean `third_threat`? @ \"third_treat\"",
        ),
        (
            "goal: (like: \"Dealmaker\")",
            "goal: (like: \"Dealmakr\")",
            "there is no goal `Dealmakr`; did you mean `Dealmaker`? @ \"Dealmakr\"",
        ),
        (
            "goal: (like: \"Dealmaker\")",
            "goal: \"Dealmakr\"",
            "there is no goal `Dealmakr`; did you mean `Dealmaker`? @ \"Dealmakr\"",
        ),
        (
            "strategy: (like: \"deal-seeker\")",
            "strategy: (like: \"deal-seker\")",
            "there is no strategy `deal-seker`; did you mean `deal-seeker`? @ \"deal-seker\"",
        ),
        (
            "\"Mercantilist\": (prosperity",
            "\"Merchant\": (prosperity",
            "the strategy `player-for-time` suspects goals that are not in `goals`: `Mercantilist` @ (like: \"player-for-time\"",
        ),
        (
            "boosts: [(lever: \"us_tariff\"",
            "boosts: [(lever: \"us_tarifff\"",
            "there is no lever `us_tarifff`; did you mean `us_tariff`? @ \"us_tarifff\"",
        ),
        (
            "spoils: \"chip_access\"",
            "spoils: \"chip_acess\"",
            "there is no lever `chip_acess`; did you mean `chip_access`? @ \"chip_acess\"",
        ),
        (
            "spoils: \"chip_access\"",
            "spoils: \"magnets\"",
            "the faction `hawks` cannot strike with `magnets`: `cn` holds it @ \"magnets\"",
        ),
        ("spoils: \"chip_access\", ", "", "the faction `hawks` strikes, but with no lever @ 0.005"),
        (
            "power: 0.25",
            "power: 0.9",
            "the factions of `us` have a power of 1.05 together, which leaves its leader none @ {",
        ),
        (
            "word: (mean: 0.417, weight: 6, record: 1)",
            "word: (mean: 0.4, weight: 0)",
            "the weight of a record lies above 0, found 0 @ 0",
        ),
        (
            "word: (mean: 0.417, weight: 6, record: 1)",
            "word: (weight: 6, record: 7)",
            "`record` is a part of `weight`, found 7 of 6 @ 7",
        ),
        (
            "name: \"China\",",
            "name: \"China\", dice: \"us\",",
            "`cn` and `us` share the dice `us`: chance would strike both alike @ ",
        ),
        (
            "holder: \"us\", unit: \"%\"",
            "holder: \"usa\", unit: \"%\"",
            "there is no party `usa`; did you mean `us`? @ \"usa\"",
        ),
        ("holder: \"us\", unit: \"%\",", "unit: \"%\",", "nobody holds the lever `us_tariff` @ ("),
        (
            "range: (low: 0, high: 145), now: 40",
            "range: (low: 145, high: 0), now: 40",
            "the range of `us_tariff` goes up from `low` to `high`, found 145 to 0 @ (low: 145, high: 0)",
        ),
        ("now: 40", "now: 146", "the level at the start of `us_tariff`, 146, lies outside its range 0 to 145 @ 146"),
        ("snap: 145", "snap: 146", "the snap level of `us_tariff`, 146, lies outside its range 0 to 145 @ 146"),
        (
            "reach: (low: 10, high: 55)",
            "reach: (low: 55, high: 10)",
            "the reach of `us_tariff` goes up from `low` to `high`, found 55 to 10 @ (low: 55, high: 10)",
        ),
        (
            "reach: (low: 10, high: 55)",
            "reach: (low: 10, high: 155)",
            "the highest negotiable level of `us_tariff`, 155, lies outside its range 0 to 145 @ 155",
        ),
        ("big_move: 20", "big_move: 0", "a big move of `us_tariff` lies above 0, found 0 @ 0"),
        (
            "\"us\": [Prosperity(points: -8.4",
            "\"uk\": [Prosperity(points: -8.4",
            "there is no party `uk`; did you mean `us`? @ \"uk\"",
        ),
        ("exposure: {\"us\": 0.8", "exposure: {\"eu\": 0.8", "there is no party `eu` @ \"eu\""),
        (
            "calendar: [",
            "off: [\"truse\"], calendar: [",
            "there is no mechanism `truse`; did you mean `truce`? @ \"truse\"",
        ),
        ("calendar: [", "off: [\"truce\", \"truce\"], calendar: [", "`truce` is switched off twice @ \"truce\""),
        (
            "calendar: [",
            "on: [\"truce\"], calendar: [",
            "`on` means nothing where everything is on already @ [\"truce\"]",
        ),
        ("\"japan\":", "\"ja.pan\":", "the name `ja.pan` holds `.` @ \"ja.pan\""),
        ("\"japan\":", "\"\":", "this name is empty @ \"\""),
        (
            "credibility: (asked: 0.15, review: 0.25, review_every: 4)",
            "credibility: (asked: 0.15, review_every: 0)",
            "pledges are reviewed every round at most: 1 or more, found 0 @ 0",
        ),
        (
            "prize: (summit",
            "standoff: (prize: 0, cost: 0), prize: (summit",
            "a standoff has a prize and a cost of 0 or more, not both 0 @ (prize: 0, cost: 0)",
        ),
        ("ratification: (scale: 0.09", "ratification: (scale: 0", "`ratification.scale` lies above 0, found 0 @ 0"),
        (
            "ratification: (scale: 0.09, worth: 0.3)",
            "ratification: (worth: -1)",
            "`ratification.worth` lies above 0, found -1 @ -1",
        ),
    ];
    for (from, to, wanted) in cases {
        let found = changed(STOCKHOLM, from, to);
        assert!(found.iter().any(|text| text.starts_with(wanted)), "{to}\n{found:#?}");
        let cascade = if wanted.contains("suspects goals") || from.contains("\"us\": [Prosperity") { 2 } else { 1 };
        assert_eq!(found.len(), cascade.min(found.len()), "{to}\n{found:#?}");
    }
}

#[test]
fn tactics_fit_together() {
    let us =
        |strategy: &str| changed(STOCKHOLM, "strategy: (like: \"deal-seeker\")", &format!("strategy: ({strategy})"));
    let one = |strategy: &str, wanted: &str| {
        let found = us(strategy);
        assert!(found.len() == 1 && found[0].starts_with(wanted), "{strategy}\n{found:#?}");
    };
    one("offer: Blend(parts: [])", "a blend needs a tactic at least @ Blend(parts: [])");
    one(
        "offer: Blend(parts: [(weight: 0, tactic: Time(exponent: 1))])",
        "the weights of a blend add up to more than 0, found 0 @ [",
    );
    one(
        "offer: Blend(parts: [(weight: 1, tactic: BackwardInduction)])",
        "`BackwardInduction` decides alone: it cannot be a part of a blend @ BackwardInduction",
    );
    one("offer: Blend(parts: [(weight: 1, tactic: External(\"x\"))])", "`External` decides alone");
    one(
        "offer: Blend(parts: [(weight: 1, tactic: Blend(parts: [(weight: 1, tactic: Hold(share: 0.5))]))])",
        "a blend is no part of another: list its tactics in the outer one @ Blend(parts: [(weight: 1",
    );
    one("offer: External(\"\")", "the outside program has no name");
    let seven = ["(weight: 1, tactic: Hold(share: 0.5))"; 7].join(",");
    one(&format!("offer: Blend(parts: [{seven}])"), "a blend is made of 6 plain tactics at most, found 7");
    one("accept: All(of: [])", "`All` needs a condition at least @ All(of: [])");
    one("accept: Any(of: [Next, Any(of: [])])", "`Any` needs a condition at least @ Any(of: [])");
    let twelve = ["Next"; 12].join(",");
    one(&format!("accept: All(of: [{twelve}])"), "a rule of acceptance has 12 steps at most, found 13");
    one("accept: Combi(after: 1, window: Some(0))", "a window of 0 offers looks at nothing");
    one(
        "escalate: [Grim(step: 1), Grim(step: 2)]",
        "`Grim` is given twice: each kind of tactic stands once @ Grim(step: 2)",
    );
    one("escalate: [Grim(step: 1), Never]", "`Never` stands alone");
    one("extend: Attrition()", "`Attrition` takes its hazard from a `standoff`");
    one("model: Bayes(types: [], prior_on_named: 0.5, sharpness: 1)", "`Bayes` weighs one goal at least");
    one("model: Bayes(types: [\"Hawk\"], prior_on_named: 0.5, sharpness: 1)", "there is no goal `Hawk` @ \"Hawk\"");
    one(
        "model: Bayes(types: [\"Dealmaker\", \"Dealmaker\"], prior_on_named: 0.5, sharpness: 1)",
        "the goal `Dealmaker` is suspected twice @ \"Dealmaker\"",
    );
    let nine: Vec<String> = (0..9).map(|i| format!("\"G{i}\"")).collect();
    let found = us(&format!("model: Bayes(types: [{}], prior_on_named: 0.5, sharpness: 1)", nine.join(",")));
    assert_eq!((found.len(), &found[0][..45]), (10, "`Bayes` weighs 8 goals at most, found 9 @ [\"G"));
    let own = "strategies: {\"mine\": (offer: Blend(parts: []))}, parties: {";
    assert_eq!(changed(STOCKHOLM, "parties: {", own), ["a blend needs a tactic at least @ Blend(parts: [])"]);
}

#[test]
fn a_pie_is_nobodys() {
    let pie = |more: &str| changed(DOLLAR, "pie: true", &format!("pie: true, {more}"));
    assert_eq!(pie("holder: \"a\""), ["`dollar` is a pie, and nobody holds a pie @ \"a\""]);
    assert_eq!(pie("hostile: true"), ["`hostile` is for levers that somebody holds; `dollar` is a pie @ true"]);
    assert_eq!(
        changed(DOLLAR, "range: (low: 0", "range: (low: 0.5"),
        [
            "the level at the start of `dollar`, 0, lies outside its range 0.5 to 1 @ (",
            "the snap level of `dollar`, 0, lies outside its range 0.5 to 1 @ ("
        ]
    );
    assert_eq!(
        changed(DOLLAR, ", \"b\": [Prosperity(points: 1, shape: Rest)]", ""),
        ["no lever has an effect on `b`, so nothing in this game matters to it @ \"b\""]
    );
    assert_eq!(
        changed(
            DOLLAR,
            "\"b\": (name: \"Bob\", goal: (prosperity: 1, patience: 0.8), strategy: (like: \"rational\")),",
            ""
        ),
        ["there is no party `b`; did you mean `a`? @ \"b\"", "a game has two parties, found 1 @ {"]
    );
}

#[test]
fn a_renamed_party_is_told_once() {
    let found = changed(STOCKHOLM, "\"us\": (\n", "\"usa\": (\n");
    assert_eq!(found[..2].len() + found.len() - 2, found.len());
    assert!(found.iter().filter(|text| text.contains("there is no party `us`; did you mean `usa`?")).count() == 1);
    assert!(found.len() <= 3, "{found:#?}");
}

#[test]
fn many_mistakes_are_many_problems() {
    let text = STOCKHOLM
        .replacen("exchanges: 6", "exchanges: 0", 1)
        .replacen("snap: 145", "snap: 1000", 1)
        .replacen("press: \"fortress\"", "press: \"fort\"", 1)
        .replacen("like: \"deal-seeker\"", "like: \"deal-seker\"", 1)
        .replacen("prepare_at: 13", "prepare_at: 20", 1);
    assert_eq!(told(&text).len(), 5, "{:#?}", told(&text));
}

#[test]
fn warnings_name_what_can_be_played_all_the_same() {
    let warned = |from: &str, to: &str| -> Vec<String> {
        assert!(STOCKHOLM.contains(from), "{from}");
        let text = STOCKHOLM.replacen(from, to, 1);
        let open = |_: &str| Ok(text.clone());
        let (scenario, loaded) =
            load_as::<Scenario>("x.ron", &open, &[]).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(check(&scenario, &loaded), []);
        warnings(&scenario, &loaded).into_iter().map(|problem| problem.text).collect()
    };
    assert_eq!(warned("rounds: 26", "rounds: 26"), [""; 0]);
    assert_eq!(
        warned("sooner_per_tone: 1", "sooner_per_tone: 1")[..],
        warned("honesty: 0.8", "honesty: Uniform(low: 0.5, high: 1)")[..]
    );
    assert_eq!(
        warned("honesty: 0.8", "honesty: Normal(mean: 1, sd: 0.1)"),
        ["`parties.us.honesty` leaves its range 0 to 1 in 50 % of games, where it is set to the nearer end"]
    );
    assert_eq!(
        warned("patience: Normal(mean: 0.997, sd: 0.0012)", "patience: Normal(mean: 0.997, sd: 0.003)"),
        [
            "`goals.ProtractedBattle.patience` leaves its range 0 to 1 in 16 % of games, where it is set to the nearer end"
        ]
    );
    assert_eq!(
        warned("police: Uniform(low: 0.1", "police: Uniform(low: -0.1"),
        ["`transshipment.police` leaves its range 0 to 1 in 11 % of games, where it is set to the nearer end"]
    );
    let blend = "strategy: (like: \"deal-seeker\", offer: Blend(parts: [(weight: 1, tactic: Time(exponent: 1, opening: Uniform(low: 0, high: 2)))]))";
    assert_eq!(
        warned("strategy: (like: \"deal-seeker\")", blend),
        [
            "`parties.us.strategy.offer.parts.0.tactic.opening` leaves its range 0 to 1 in 50 % of games, where it is set to the nearer end"
        ]
    );
    assert_eq!(
        warned("rounds: 26", "rounds: 14"),
        ["this `Summit` never comes: round 14 lies behind the last round, 13"]
    );
    let nobody = warned("calendar: [", "off: [\"summit\"], calendar: [");
    assert_eq!(nobody, [""; 0]);
}
