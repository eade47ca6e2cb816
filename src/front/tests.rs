use super::*;
use crate::game::outside::{Asking, Outside};
use crate::game::table::Step;
use crate::game::view::View;
use crate::ready::Any;
use crate::scenario::load::Studied;
use crate::world::orders::{Ask, Order};

const STOCKHOLM: &str = include_str!("../../scenarios/stockholm-2025.ron");

fn stockholm() -> Ready {
    Draft::text(STOCKHOLM).ready().expect("in order")
}

#[test]
fn what_is_built_in_code_is_the_scenario_that_a_file_holds() {
    let read = stockholm();
    let built = Draft::of(&read.setup().scenario).ready().expect("in order");
    assert_eq!(read.hash(), built.hash());
    // a metric without a case is not a number, which equals nothing: the texts are compared
    let told = |ready: &Ready| format!("{:?}", ready.game(4).seed(9).told());
    assert!(told(&read) == told(&built), "the same game");
    let mut other = (*read.setup().scenario).clone();
    other.clock.rounds = crate::units::Rounds::of(3);
    assert_ne!(read.hash(), Draft::of(&other).ready().expect("in order").hash());
}

#[test]
fn a_shipped_scenario_is_opened_by_its_name() {
    assert_eq!(Draft::open("stockholm-2025").ready().expect("in order").hash(), stockholm().hash());
    let wrong = Draft::open("stokholm-2025").ready().expect_err("a slip").to_string();
    assert!(wrong.contains("`stockholm-2025`"), "{wrong}");
}

#[test]
fn changes_and_seats_come_before_the_check() {
    let draft = Draft::text(STOCKHOLM);
    let patient = draft.clone().set("parties.us.goal.patience", 0.997).ready().expect("in order");
    let listed = draft.clone().sets(["parties.us.goal.patience=0.997"]).ready().expect("in order");
    assert_eq!(patient.hash(), listed.hash());
    assert_ne!(patient.hash(), draft.ready().expect("in order").hash());
    let wrong = draft.clone().set("parties.us.goal.patience", 7).seat("uk", "grit").ready().expect_err("two slips");
    assert!(matches!(&wrong, Error::Problems(all) if all.problems.len() == 2), "{wrong}");
    let wrong = draft.seat("us", "gritt").ready().expect_err("no such strategy").to_string();
    assert!(wrong.contains("did you mean `grit`?"), "{wrong}");
}

#[test]
fn a_text_has_no_files_beside_it_unless_a_door_is_given() {
    let over = "(extends: \"base.ron\", set: {\"parties.us.goal.patience\": 0.997})";
    let wrong = Draft::text(over).ready().expect_err("no door").to_string();
    assert!(wrong.contains("`base.ron` cannot be had"), "{wrong}");
    let door = move |name: &str| match name {
        "mine.ron" => Ok(over.to_owned()),
        "base.ron" => Ok(STOCKHOLM.to_owned()),
        other => Err(Error::file(format!("there is no `{other}`"))),
    };
    let read = Draft::through("mine.ron", door).ready().expect("in order");
    let set = Draft::text(STOCKHOLM).set("parties.us.goal.patience", 0.997).ready().expect("in order");
    assert_eq!(read.hash(), set.hash());
}

#[test]
fn bargaining_on_its_own_is_told_apart() {
    let text = r#"(schema: "summitry/1", title: "Split ten", bargaining: (
        rounds: 9,
        parties: [
            (name: "ann", weights: {"share": 1}, reservation: 0, tactic: Time(exponent: 1)),
            (name: "bob", weights: {"share": 1}, reservation: 0, tactic: Time(exponent: 1)),
        ],
        issues: [(name: "share", levels: ["none", "all"], values: {"ann": [0, 1], "bob": [1, 0]})],
    ))"#;
    assert!(matches!(Draft::text(text).any(Studied::Nothing), Ok(Any::Bargaining(_))));
    let wrong = Draft::text(text).ready().expect_err("no world").to_string();
    assert!(wrong.contains("bargaining on its own"), "{wrong}");
    assert!(matches!(Draft::text(STOCKHOLM).any(Studied::Nothing), Ok(Any::World(_))));
}

#[test]
fn a_measure_is_read_by_its_name() {
    let ready = stockholm();
    let batch = ready.batch(400).seed(5).threads(1).run().expect("played");
    assert_eq!((batch.games(), batch.seed(), batch.interrupted()), (400, 5, false));
    let deal = batch.measure("deal").expect("a measure");
    let deals = (0..400).filter(|game| !ready.game(*game).seed(5).told().agreements.is_empty()).count();
    assert_eq!((deal.cases, deal.mean), (400, deals as f64 / 400.0));
    assert!(0.0 < deal.low && deal.low < deal.mean && deal.mean < deal.high && deal.high < 1.0);
    let total = batch.measure("us.total").expect("a measure");
    let told: Vec<f64> = (0..400).map(|game| total_of(&ready, game)).collect();
    assert!((total.mean - told.iter().sum::<f64>() / 400.0).abs() < 1e-6);
    let spread = told.iter().map(|x| (x - total.mean) * (x - total.mean)).sum::<f64>() / 399.0;
    assert!((total.high - total.mean - 1.959_964 * (spread / 400.0).sqrt()).abs() < 1e-3);
    assert!(total.quantile(0.05) < total.quantile(0.95) && deal.quantile(0.5).is_none());
    let wrong = batch.measure("us.totl").expect_err("a slip").to_string();
    assert_eq!(
        wrong,
        "there is no measure `us.totl`; did you mean `us.total`? `summitry measures SCENARIO` lists all of them"
    );
    let classes: f64 = batch.measures().take(4).map(|class| class.mean).sum();
    assert!((classes - 1.0).abs() < 1e-12, "every game ends in one class");
}

fn total_of(ready: &Ready, game: u64) -> f64 {
    let told = ready.game(game).seed(5).told();
    told.metrics.iter().find(|(metric, _)| metric.name == "us.total").expect("a metric").1
}

#[test]
fn threads_change_nothing_and_seeds_do() {
    let ready = stockholm();
    let run = |seed: u64, threads: usize| ready.batch(300).seed(seed).threads(threads).run().expect("played");
    let said = |batched: &Batched| batched.measures().map(|measured| measured.to_string()).collect::<Vec<_>>();
    let (one, three) = (run(1, 1), run(1, 3));
    assert_eq!((one.digest(), said(&one)), (three.digest(), said(&three)));
    assert!(one.digest().starts_with("p2:"));
    assert_ne!(run(1, 1).digest(), run(2, 1).digest());
}

#[test]
fn a_comparison_is_of_the_same_games() {
    let draft = Draft::text(STOCKHOLM);
    let base = draft.ready().expect("in order");
    let same = base.compare(&base).games(200).seed(3).run().expect("played");
    assert!(same.differences().all(|(_, found)| found.difference == 0.0) && same.flips().total() == 0);
    let patient = draft.set("parties.us.goal.patience", 0.997).ready().expect("in order");
    let compared = base.compare(&patient).games(200).seed(3).run().expect("played");
    let found = compared.difference("us.total").expect("a measure").expect("cases");
    let alone =
        |ready: &Ready| ready.batch(200).seed(3).run().expect("played").measure("us.total").expect("there").mean;
    assert!((found.base - alone(&base)).abs() < 1e-6 && (found.variant - alone(&patient)).abs() < 1e-6);
    assert!(found.difference != 0.0);
    assert!(compared.difference("us.totl").expect_err("a slip").to_string().contains("us.total"));
}

/// Leaves all to the strategy that stands in.
struct Idle;

impl Outside for Idle {
    fn decide(&mut self, _: &Asking) -> Result<Order, Error> {
        Ok(Order::Engine)
    }
}

/// Says no to every summit and every truce.
struct Sour;

impl Outside for Sour {
    fn decide(&mut self, asking: &Asking) -> Result<Order, Error> {
        use crate::game::view::Asked::{Extend, Invitation};
        assert_eq!(asking.view.name, asking.setup.parties[asking.view.seat].name);
        Ok(if matches!(asking.view.question, Some(Extend { .. } | Invitation { .. })) {
            Order::Say(false)
        } else {
            Order::Engine
        })
    }
}

#[test]
fn code_holds_a_seat() {
    let ready = stockholm();
    let sour = ready.batch(60).seed(2).player("cn", || Sour).threads(2).run().expect("played");
    assert_eq!((sour.forfeited(), sour.first_forfeits().len()), (0, 0));
    assert_eq!(sour.measure("truce_extended").expect("a measure").mean, 0.0);
    assert_eq!(sour.measure("summit_held").expect("a measure").mean, 0.0);
    let (told, forfeits) = ready.game(7).seed(2).played_by("cn", Idle).expect("played");
    assert!(told.rounds.len() > 1 && forfeits.is_empty());
    let wrong = ready.batch(1).player("uk", || Idle).run().expect_err("no such party").to_string();
    assert!(wrong.contains("there is no party `uk`"), "{wrong}");
    assert!(ready.game(0).table(&["uk"]).is_err() && ready.game(0).table(&["us", "cn"]).is_ok());
}

#[test]
fn what_says_nothing_is_refused() {
    let ready = stockholm();
    let said = |wrong: Result<(), Error>| wrong.expect_err("refused").to_string();
    assert_eq!(said(ready.batch(0).run().map(drop)), "0 games say nothing: at least 1 must be played");
    assert_eq!(said(ready.compare(&ready).games(1).run().map(drop)), "1 game says nothing: at least 2 must be played");
    let text = include_str!("../../scenarios/theory/pledges.ron");
    let pledges = Draft::text(text).ready().expect("in order");
    let same = ready.parties().eq(pledges.parties());
    assert_eq!(ready.compare(&pledges).games(10).run().is_err(), !same);
}

#[test]
fn an_expression_is_compared_like_a_measure() {
    let draft = Draft::text(STOCKHOLM);
    let base = draft.ready().expect("in order");
    let patient = draft.set("parties.us.goal.patience", 0.997).ready().expect("in order");
    let asked = ["us.total given deal", "2 * us.total"];
    let compare = base.compare(&patient).games(300).seed(3);
    let compared = asked.iter().fold(compare, |compare, asked| compare.measure(asked)).run().expect("played");
    let found = |name: &str| compared.difference(name).expect("asked").expect("cases");
    assert!((found(asked[1]).difference - 2.0 * found("us.total").difference).abs() < 1e-6);
    assert_ne!(found(asked[0]).difference, found("us.total").difference);
    let wrong = base.compare(&patient).games(10).measure("us.total +").run().expect_err("half of one").to_string();
    assert!(wrong.contains("the measure `us.total +`"), "{wrong}");
}

#[test]
fn votes_at_home_are_asked_where_they_are_wanted() {
    let ready = stockholm();
    let asked = |votes: &[&str]| {
        (0..40).any(|number| {
            let mut table = ready.game(number).seed(2).table_with_votes(&["us"], votes).expect("a table");
            let mut voted = false;
            loop {
                match table.advance() {
                    Step::Over => return voted,
                    Step::RoundDone => {}
                    Step::Question(question) => {
                        voted |= question.at.ask == Ask::Ratify;
                        let party = ready.parties().nth(question.at.party).expect("a party");
                        assert!(View::of(&table, party).expect("a seat").question.is_some());
                        table.answer(Order::Engine).expect("taken");
                    }
                }
            }
        })
    };
    assert!(asked(&["us"]) && !asked(&[]));
    let table = ready.game(0).table(&["us"]).expect("a table");
    assert!(View::of(&table, "uk").expect_err("no such party").to_string().contains("`uk`"));
}

#[test]
fn a_change_is_told_as_one_made_in_code() {
    let wrong = Draft::text(STOCKHOLM).set("parties.us.goal.patience", 7).ready().expect_err("a slip").to_string();
    assert!(wrong.contains("change 1") && !wrong.contains("--set"), "{wrong}");
}

#[test]
fn levers_have_a_name_and_a_key() {
    let ready = stockholm();
    let lever = ready.lever_keys().position(|key| key == "us_tariff").expect("a lever");
    assert_eq!(ready.levers().nth(lever), Some("US tariffs on Chinese goods"));
}

#[cfg(feature = "rows")]
#[test]
fn rows_by_round_want_a_place() {
    let wrong = stockholm().batch(2).every_round(1).run().expect_err("no place").to_string();
    assert!(wrong.contains("say where those go"), "{wrong}");
}
