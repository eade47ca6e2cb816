//! A page of charts: whole in one file, readable by eye, by keyboard and aloud, the same each time; and lint over all
//! that is shipped.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Output;

const STORY: &str = "stockholm-2025";

fn summitry(args: &[&str]) -> Output {
    let program = assert_cmd::cargo::cargo_bin!("summitry");
    std::process::Command::new(program).args(args).output().expect("the program")
}

fn fine(args: &[&str]) -> String {
    let out = summitry(args);
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).expect("text")
}

fn refused(args: &[&str]) -> String {
    let out = summitry(args);
    assert_eq!(out.status.code(), Some(2), "{args:?}");
    String::from_utf8_lossy(&out.stderr).into_owned()
}

/// What stands between two words, wherever both are found.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    text.split(from).skip(1).filter_map(|rest| rest.split(to).next()).collect()
}

/// What every page of charts is held to.
fn in_order(html: &str, charts: usize) {
    for needs in ["<script", " src=", "@import", "url(http", "<link"] {
        assert!(!html.contains(needs), "the page needs nothing beside itself: {needs}");
    }
    let ids = between(html, " id=\"", "\"");
    let once: BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(once.len(), ids.len(), "an id stands once");
    for used in between(html, "url(#", ")").into_iter().chain(between(html, "aria-labelledby=\"", "\"")) {
        assert!(ids.contains(&used), "#{used} is there");
    }
    let figures = between(html, "<figure ", "</figure>");
    assert_eq!(figures.len(), charts);
    for figure in figures {
        let title = between(figure, "<h3 class=\"answer\">", "</h3>")[0];
        assert!(title.len() > 15 && !title.contains("NaN") && !title.contains("inf "), "{title}");
        let drawings = between(figure, "<svg ", "</svg>");
        assert_eq!(drawings.len(), 2, "wide and narrow: {title}");
        for drawing in drawings {
            assert!(drawing.contains("role=\"img\"") && !drawing.contains("NaN"), "{title}");
            let alternative = between(drawing, "aria-label=\"", "\"")[0];
            assert_eq!(alternative.replace("&quot;", "\""), title.replace("&quot;", "\""), "the title is said");
        }
        assert!(figure.contains("<th scope=\"row\">") && figure.contains("<summary>The numbers"), "{title}");
    }
    assert_eq!(html.matches("<h1>").count(), 1);
    let levels: Vec<u8> =
        between(html, "<h", ">").iter().filter_map(|h| h.bytes().next()).filter(u8::is_ascii_digit).collect();
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "headings are in order: {levels:?}");
    assert!(html.contains("<main") && html.contains("<header") && html.contains("lang=\"en\""));
}

#[test]
fn a_scenario_becomes_a_page_of_charts_and_pictures_of_their_own() {
    let desk = tempfile::tempdir().expect("a folder");
    let at = |name: &str| desk.path().join(name).display().to_string();
    let (page, figures) = (at("one.html"), at("figures"));
    let args = ["report", STORY, "--games", "400", "--seed", "7", "--out", &page, "--figures", &figures];
    let said = fine(&args);
    assert!(
        said.lines().all(|line| line.chars().count() <= 80 || line.contains("one.html") || line.contains(&figures)),
        "{said}"
    );
    let html = fs::read_to_string(&page).expect("a page");
    let pictures: Vec<_> =
        fs::read_dir(&figures).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    assert!(pictures.len() >= 15, "endings, events, points, dates, who got what, levers and the tone");
    in_order(&html, pictures.len());
    assert_eq!(html.matches("<p class=\"again\">").count(), pictures.len(), "every chart can be had again");
    for picture in &pictures {
        let svg = fs::read_to_string(picture).expect("a picture");
        assert!(svg.starts_with("<svg xmlns=") && !svg.contains("var(--") && svg.contains("summitry "), "{picture:?}");
    }
    // nothing is written over, unless told; and the same again has the same bytes
    let why = refused(&args);
    assert!(why.contains("is there already"), "{why}");
    fine(&[&args[..], &["--replace"]].concat());
    assert_eq!(fs::read_to_string(&page).expect("a page"), html);
}

/// A program without that part says so and writes nothing; one with it draws the words of the chart.
#[test]
fn pictures_in_png_are_a_part_of_their_own() {
    let desk = tempfile::tempdir().expect("a folder");
    let at = |name: &str| desk.path().join(name).display().to_string();
    let args = ["report", "tests/formats/discover-1.json", "--out", &at("x.html"), "--figures", &at("all"), "--png"];
    if cfg!(not(feature = "png")) {
        let told = refused(&args);
        assert!(told.contains("--features png") && !desk.path().join("x.html").exists(), "{told}");
        return;
    }
    let said = fine(&args);
    assert!(said.contains("as an SVG and a PNG in"), "{said}");
    let picture = fs::read(at("all/part1c1.png")).expect("a picture");
    assert!(picture.starts_with(b"\x89PNG") && picture[16..20] == 1504_u32.to_be_bytes(), "1 504 pixels wide");
    assert!(picture.len() > 20_000, "{} bytes: words are drawn", picture.len());
}

#[test]
fn every_kind_of_document_has_its_charts() {
    let desk = tempfile::tempdir().expect("a folder");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let kinds = [
        "batch-1",
        "compare-1",
        "sweep-1",
        "ablation-1",
        "tournament-1",
        "tournaments-1",
        "odds-1",
        "score-1",
        "sensitivity-1",
        "discover-1",
        "run-1",
        "run-alone-1",
        "tune-3",
    ];
    for kind in kinds {
        fs::copy(kept.join(format!("{kind}.json")), desk.path().join(format!("{kind}.json"))).expect("a copy");
    }
    let page = desk.path().join("all.html").display().to_string();
    fine(&["report", &desk.path().display().to_string(), "--out", &page, "--title", "All <of> \"it\""]);
    let html = fs::read_to_string(&page).expect("a page");
    in_order(&html, html.matches("<figure ").count());
    assert_eq!(html.matches("<section ").count(), kinds.len());
    for section in between(&html, "<section ", "</section>") {
        assert!(section.contains("<figure "), "{}", section.chars().take(200).collect::<String>());
    }
    assert!(html.contains("<h1>All &lt;of&gt; &quot;it&quot;</h1>"));
    // the numbers are those of the document
    let odds = between(&html, "The odds of one game", "</section>");
    assert!(odds.iter().any(|part| part.contains("87.5 %")), "after 11 August the odds moved by .875");
}

#[test]
fn a_batch_whose_scenario_is_at_hand_is_told_by_date_too() {
    let desk = tempfile::tempdir().expect("a folder");
    let at = |name: &str| desk.path().join(name).display().to_string();
    let document = fine(&[
        "batch",
        STORY,
        "--set",
        "off=[\"spoilers\"]",
        "--us",
        "boulware",
        "--games",
        "60",
        "--seed",
        "3",
        "--format",
        "json",
    ]);
    fs::write(at("batch.json"), &document).expect("written");
    fine(&["report", &at("batch.json"), "--out", &at("with.html")]);
    let with = fs::read_to_string(at("with.html")).expect("a page");
    assert!(with.contains("How games run") && with.contains("no deal (truce broken)"));
    // of another scenario the file tells nothing: names are those of the document
    fs::write(at("batch.json"), document.replace("\"scenario_hash\": \"s2:", "\"scenario_hash\": \"s2:0"))
        .expect("written");
    fine(&["report", &at("batch.json"), "--out", &at("without.html")]);
    let without = fs::read_to_string(at("without.html")).expect("a page");
    assert!(!without.contains("How games run") && without.contains("the scenario was not found as it was played"));
}

#[test]
fn what_has_no_charts_is_refused_by_name() {
    let desk = tempfile::tempdir().expect("a folder");
    let at = |name: &str| desk.path().join(name).display().to_string();
    let out = at("x.html");
    let told = |file: &str| refused(&["report", file, "--out", &out]);
    assert!(told(&desk.path().display().to_string()).contains("holds no document"));
    fs::write(at("run.json"), "{\"schema\": \"summitry.check/1\"}").expect("written");
    assert!(told(&at("run.json")).contains("of which there are no charts"));
    fs::write(at("bad.json"), "{").expect("written");
    assert!(told(&at("bad.json")).contains("no document of this program"));
    assert!(told("no-such-story").contains("no-such-story"));
    assert!(!Path::new(&out).exists());
}

/// Rows become a page: where a yes is frequent, as boxes and as a tree.
#[test]
fn rows_are_drawn_as_boxes_and_a_tree() {
    let desk = tempfile::tempdir().expect("a folder");
    let at = |name: &str| desk.path().join(name).display().to_string();
    let (file, page, figures) = (at("x.parquet"), at("x.html"), at("figures"));
    fine(&["batch", STORY, "--games", "4000", "--seed", "4", "--rows", &file]);
    let said = fine(&["report", &file, "--where", "no_deal", "--out", &page, "--figures", &figures, "--seed", "4"]);
    assert!(said.contains("Where it happens"), "{said}");
    let html = fs::read_to_string(&page).expect("a page");
    in_order(&html, html.matches("<figure ").count());
    assert!(html.contains(" of those where "), "the tree says what it shows");
    assert!(html.contains("summitry discover ") && html.contains("--where no_deal"), "and how it is had again");
    let all = fs::read_dir(&figures).expect("a folder").map(|entry| entry.expect("a file").path());
    let all: Vec<String> = all.map(|file| fs::read_to_string(file).expect("a picture")).collect();
    let tree = all.iter().find(|svg| svg.contains(" of those where ")).expect("its picture");
    let found = fine(&["discover", &file, "--where", "no_deal", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&found).expect("a document");
    let root = &found["tree"];
    let games = |part: &serde_json::Value| part["games"].as_u64().expect("a number");
    assert_eq!(games(root), games(&root["below"]) + games(&root["from"]), "parts of a whole");
    let told = |part: &serde_json::Value| {
        let n = games(part).to_string();
        let n = if n.len() > 3 { format!("{} {}", &n[..n.len() - 3], &n[n.len() - 3..]) } else { n };
        format!("{:.1} % of {n}<", 100.0 * part["density"].as_f64().expect("a share"))
    };
    for part in [root, &root["below"], &root["from"]] {
        assert!(tree.contains(&told(part)), "{}", told(part));
    }
    let said = refused(&["report", STORY, "--where", "deal", "--out", &at("y.html")]);
    assert!(said.contains("--where is asked of rows"), "{said}");
}

#[test]
fn shipped_scenarios_are_not_odd_or_say_why() {
    let mut files = vec![];
    for folder in ["scenarios", "scenarios/theory"] {
        let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("a folder");
        let paths = entries.map(|entry| entry.expect("a file").path());
        files.extend(
            paths
                .filter(|path| path.extension().is_some_and(|end| end == "ron"))
                .map(|path| path.display().to_string()),
        );
    }
    assert!(files.len() > 10);
    let args: Vec<&str> =
        ["check", "--lint", "--deny-warnings"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let out = summitry(&args);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    // what is odd is told, and is no error unless denied
    let odd = ["check", STORY, "--lint", "--set", "goals.Mercantilist.date=99"];
    let told = summitry(&odd);
    assert!(
        told.status.success() && String::from_utf8_lossy(&told.stderr).contains("lies behind the last of 26 rounds"),
        "{told:?}"
    );
    assert_eq!(summitry(&[&odd[..], &["--deny-warnings"]].concat()).status.code(), Some(2));
    assert!(
        !String::from_utf8_lossy(&summitry(&["check", STORY, "--set", "goals.Mercantilist.date=99"]).stderr)
            .contains("late")
    );
}

/// What cannot be written or drawn is said before a game is played for it, and nothing is left.
#[test]
fn a_report_that_cannot_be_is_refused_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    fs::create_dir(at("fig")).expect("made");
    fs::write(at("fig/part1c1.svg"), "<svg/>").expect("written");
    let said = refused(&["report", STORY, "--games=1e9", "--out", &at("p.html"), "--figures", &at("fig")]);
    assert!(said.contains("part1c1.svg` is there already") && !Path::new(&at("p.html")).exists(), "{said}");
    fs::write(at("b.json"), fine(&["batch", STORY, "--games=20", "--seed=1", "--format=json"])).expect("written");
    let said = refused(&["report", &at("b.json"), "--set", "nosuch.path=1", "--out", &at("p.html")]);
    assert!(said.contains("only documents are drawn") && !Path::new(&at("p.html")).exists(), "{said}");
    fine(&["batch", STORY, "--games=20", "--seed=1", "--out", &at("run")]);
    let said = refused(&["report", &at("run"), "--out", &at("p.html")]);
    assert!(said.contains("summitry merge --out ") && said.contains("--format json"), "{said}");
}
