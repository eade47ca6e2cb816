//! One test a form of the language of questions.

use jiff::civil::Date;

use super::*;

fn names() -> Names {
    let of = |name: &str, kind| (name.to_string(), kind);
    Names(vec![of("us.share", Kind::Number), of("lever.us_tariff.final", Kind::Number), of("deal", Kind::YesNo)])
}
fn read(text: &str) -> (Expression, Kind) {
    parse(text, &names()).unwrap_or_else(|f| panic!("{text}: {f:?}"))
}
fn day(text: &str) -> Date {
    text.parse().expect("a date")
}
fn span(from: &str, to: &str) -> Span {
    Span { from: day(from), to: day(to) }
}

#[test]
fn a_lever_at_a_date() {
    let at = Expression::At("us_tariff".into(), day("2019-09-01"));
    assert_eq!(read("lever.us_tariff at 2019-09-01"), (at, Kind::Number));
}

#[test]
fn the_least_the_greatest_and_the_mean_of_a_lever() {
    for (name, over) in [("min", Taken::Min), ("max", Taken::Max), ("mean", Taken::Mean)] {
        let window = Expression::Window(over, "cn_tariff".into(), span("2018-12-01", "2019-03-02"));
        assert_eq!(read(&format!("{name}(lever.cn_tariff) from 2018-12-01 to 2019-03-02")), (window, Kind::Number));
    }
}

#[test]
fn how_often_an_event_happens() {
    let within = Some(span("2019-01-01", "2019-06-30"));
    assert_eq!(
        read("count(extension) from 2019-01-01 to 2019-06-30"),
        (Expression::Count("extension".into(), within), Kind::Number)
    );
    assert_eq!(read("count(deal)"), (Expression::Count("deal".into(), None), Kind::Number));
}

#[test]
fn when_an_event_first_happens() {
    assert_eq!(read("first(deal)"), (Expression::First("deal".into(), None), Kind::Day));
    let within = Some(span("2019-01-01", "2019-06-30"));
    assert_eq!(
        read("first(threat) from 2019-01-01 to 2019-06-30"),
        (Expression::First("threat".into(), within), Kind::Day)
    );
}

#[test]
fn how_long_an_extension_is() {
    assert_eq!(read("extension[2].days"), (Expression::Extension(2), Kind::Number));
}

#[test]
fn days_between_two_dates() {
    let (e, kind) = read("days(2018-12-01, first(deal))");
    assert_eq!(kind, Kind::Number);
    let a = Box::new(Expression::Day(day("2018-12-01")));
    assert_eq!(e, Expression::Days(a, Box::new(Expression::First("deal".into(), None))));
}

#[test]
fn reckoning_binds_as_at_school() {
    let n = |x: f64| Box::new(Expression::Number(x));
    let two_times_three = Expression::Both(Operator::Times, n(2.0), n(3.0));
    let sum = Expression::Both(Operator::Plus, n(1.0), Box::new(two_times_three));
    assert_eq!(read("1 + 2 * 3"), (sum, Kind::Number));
    let sum = Box::new(Expression::Both(Operator::Minus, n(1.0), n(2.0)));
    assert_eq!(read("(1 - 2) / 4"), (Expression::Both(Operator::Over, sum, n(4.0)), Kind::Number));
    assert_eq!(read("-1_000.5"), (Expression::Negative(n(1000.5)), Kind::Number));
}

#[test]
fn comparisons_and_words() {
    for (mark, operator) in [
        ("<", Operator::Less),
        ("<=", Operator::AtMost),
        (">", Operator::More),
        (">=", Operator::AtLeast),
        ("==", Operator::Same),
        ("!=", Operator::Differs),
    ] {
        let (e, kind) = read(&format!("count(deal) {mark} 1"));
        assert!(matches!(e, Expression::Both(o, _, _) if o == operator), "{mark}");
        assert_eq!(kind, Kind::YesNo);
    }
    // `not` binds closest, then `and`, then `or`.
    let (e, _) = read("not 1 < 2 and 3 < 4 or 5 < 6");
    let Expression::Both(Operator::Or, left, _) = e else { panic!("{e:?}") };
    let Expression::Both(Operator::And, left, _) = *left else { panic!("{left:?}") };
    assert!(matches!(*left, Expression::Not(_)));
    assert_eq!(read("first(deal) <= 2020-01-15").1, Kind::YesNo);
    assert_eq!(read("first(deal) - 2020-01-15").1, Kind::Number);
    assert_eq!(read("first(deal) + 14").1, Kind::Day);
}

#[test]
fn each_mistake_has_its_own_words_and_its_place() {
    for (text, at, says) in [
        ("", 0, "a number, a date, a measure, a lever or an event is needed here, found the end"),
        ("lever.us_tariff", 15, "`at` and a date are needed here, found the end"),
        ("lever.us_tariff at 5", 19, "a date such as 2019-05-10 is needed here, found `5`"),
        ("lever us_tariff", 6, "`.` is needed here, found `us_tariff`"),
        ("count(deal", 10, "`)` is needed here, found the end"),
        ("count(deal) from 2019-01-01", 27, "`to` and a date are needed here, found the end"),
        ("count(deal) from 2019-02-01 to 2019-01-01", 31, "2019-01-01 lies before 2019-02-01"),
        ("mean(lever.x)", 13, "`from DATE to DATE` is needed here, found the end"),
        ("mean(deal)", 5, "`lever.` and its name are needed here, found `deal`"),
        ("extension[0].days", 10, "a whole number from 1 is needed here, found `0`"),
        ("extension[1].weeks", 13, "`days` is needed here, found `weeks`"),
        ("count(deal) = 1", 12, "write `==` for `is the same as`"),
        ("first(deal) > 3", 14, "a date and a number cannot be joined so"),
        ("not 3", 4, "`not` turns a yes or no round, found a number"),
        ("days(1, 2)", 5, "`days` counts between two dates, found a number"),
        ("2019-02-30", 0, "there is no day 2019-02-30"),
        ("1 2", 2, "nothing can follow here, found `2`"),
        ("1 ? 2", 2, "`?` has no meaning here"),
        ("us.shore > 0.5", 0, "there is no measure `us.shore`; did you mean `us.share`?"),
        ("1 + lever.cn_x.final", 4, "there is no measure `lever.cn_x.final`; `summitry measures` lists them"),
        ("us.", 3, "the rest of a measure's name is needed here, found the end"),
        ("us.share given us.share", 15, "a yes or no is needed here, found a number"),
        ("if(deal, 1, deal)", 12, "both ways of an `if` come to the same, found a number and a yes or no"),
        ("if(us.share, 1, 2)", 3, "a yes or no is needed here, found a number"),
        ("deal + 1", 7, "a yes or no and a number cannot be joined so"),
        ("cuont(deal)", 0, "there is no measure `cuont`; did you mean `count`?"),
    ] {
        let fault = parse(text, &names()).expect_err(text);
        assert_eq!((fault.at, fault.text.as_str()), (at, says), "{text}");
    }
    for deep in ["(", "if(", "days(", "-(", "not ("] {
        assert_eq!(parse(&deep.repeat(300), &names()).expect_err(deep).text, "this is nested too deep");
    }
    // a chain is as deep as it is long
    for (chain, end) in [("not ", "deal"), ("1 + ", "1"), ("deal or ", "deal"), ("- ", "1"), ("1 given ", "deal")] {
        let long = chain.repeat(16_000) + end;
        let said = parse(&long, &names()).expect_err(chain).text;
        assert!(said.starts_with("an expression has 1000 words at most, found "), "{said}");
        let fits = chain.repeat(400) + end;
        assert!(chain == "1 given " || parse(&fits, &names()).is_ok(), "{chain}");
    }
}

#[test]
fn measures_are_named_as_they_are_listed() {
    let measure = |name: &str| Expression::Measure(name.into());
    assert_eq!(read("us.share"), (measure("us.share"), Kind::Number));
    assert_eq!(read("lever.us_tariff.final"), (measure("lever.us_tariff.final"), Kind::Number));
    assert_eq!(read("deal"), (measure("deal"), Kind::YesNo));
    assert_eq!(read("not deal and us.share < 0.5").1, Kind::YesNo);
    let fault = parse("us.shore", &names()).expect_err("no such measure");
    assert!(fault.lacks && !parse("us.share +", &names()).expect_err("not whole").lacks);
}

#[test]
fn what_holds_only_where_and_one_or_the_other() {
    let measure = |name: &str| Expression::Measure(name.into());
    let given = Expression::Given(Box::new([measure("us.share"), measure("deal")]));
    assert_eq!(read("us.share given deal"), (given.clone(), Kind::Number));
    assert_eq!(read("(us.share given deal) + 1").1, Kind::Number);
    let either = Expression::If(Box::new([measure("deal"), measure("us.share"), Expression::Number(0.0)]));
    assert_eq!(read("if(deal, us.share, 0)"), (either, Kind::Number));
    assert_eq!(read("deal given us.share > 0.5").1, Kind::YesNo);
}
