//! What is not let through.

use super::*;
use crate::classroom::hall::{CONSOLES_MAX, STRANGERS_MAX, STREAMS_MAX, WALLS_MAX};
use crate::classroom::routes::body_max;
use crate::web::attack;

const POSTS: [&str; 12] = [
    "/join",
    "/rejoin",
    "/act",
    "/here",
    "/console/place",
    "/teach",
    "/console/pause",
    "/console/wipe",
    "/console/code",
    "/console/undo",
    "/console/key",
    "/leave",
];

#[test]
fn only_our_own_pages_may_post_whatever_the_cookie() {
    let class = Class::new("express-45min");
    let cookies = ["".to_string(), class.join("A"), class.teacher()];
    let before = class.hall.lock().state.version;
    attack::foreign_forms(&|request| class.send(request).status, "class.test", &POSTS, &cookies);
    assert_eq!(class.hall.lock().state.version, before, "nothing was written down");
}

#[test]
fn a_strange_host_is_not_answered() {
    let class = Class::new("express-45min");
    attack::strange_hosts(
        &|request| class.send(request).status,
        "class.test",
        &["/", "/projector", "/app.js", "/none"],
    );
}

#[test]
fn large_and_broken_bodies_are_refused_and_write_nothing() {
    let class = Class::new("express-45min");
    let (student, teacher) = (class.join("A"), class.teacher());
    let before = class.hall.lock().state.version;
    let large = format!("do=note&text={}", "x".repeat(body_max(&class.hall.lock().state.ready)));
    // What says that somebody is there, or leaves, reads no body at all.
    for path in POSTS.into_iter().filter(|path| !["/here", "/leave"].contains(path)) {
        for cookie in [&student, &teacher] {
            let answer = class.post(path, cookie, &large);
            assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        }
    }
    for body in [
        "%ff%fe",
        "do",
        "=&=",
        "do=draft&l0=NaN",
        "do=draft&l0=inf",
        "do=draft&l0=1e999",
        "do=guess&guess=-1",
        "do=guess&guess=101",
        "do=draft&stance=tighten-99",
        "do=draft&stance=ease--1",
        "\u{0}\u{1}",
        "do=%00",
    ] {
        class.pass(1000);
        let answer = class.post("/act", &student, body);
        assert!(answer.status.is_client_error(), "{body}: {}", answer.status);
    }
    let json = Request::post("/act")
        .header("host", "class.test")
        .header("origin", "http://class.test")
        .header("cookie", &student)
        .header("content-type", "application/json");
    assert!(class.send(json.body(Body::from("{}")).expect("a request")).status.is_client_error());
    assert_eq!(class.hall.lock().state.version, before);
}

#[test]
fn what_is_not_yours_looks_like_what_does_not_exist() {
    let class = Class::new("express-45min");
    let student = class.join("A");
    let none = class.get("/nothing-here", "");
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    for cookie in ["", &student] {
        for path in [
            "/console",
            "/console/live",
            "/selftest",
            "/debrief",
            "/debrief.html",
            "/handout",
            "/paper",
            "/odds/none",
            "/export/seats.csv",
            "/export/none.csv",
            "/export/orders-1.json",
            "/export/orders-99.json",
        ] {
            let answer = class.get(path, cookie);
            assert_eq!((answer.status, &answer.body), (none.status, &none.body), "{path}");
            assert_eq!(answer.head, none.head, "{path}");
        }
        for path in ["/console/pause", "/console/wipe", "/console/none"] {
            assert_eq!(class.post(path, cookie, "text=WIPE").body, none.body, "{path}");
        }
    }
    assert_eq!(class.get("/live", "").body, none.body);
    assert_eq!(class.post("/act", "", "do=note").body, none.body);
}

#[test]
fn acts_joins_and_streams_are_counted() {
    let class = Class::new("express-45min");
    let student = class.join("A");
    let many =
        (0..30).filter(|_| class.post("/act", &student, "do=note&text=x").status == StatusCode::SEE_OTHER).count();
    assert!((5..=15).contains(&many), "{many}");
    let teacher = class.teacher();
    let streams = [
        ("/live", student, STREAMS_MAX),
        ("/projector/live", class.wall(), WALLS_MAX),
        ("/console/live", teacher, CONSOLES_MAX),
    ];
    for (path, cookie, most) in streams {
        let ask = || {
            let request = Request::get(path).header("host", "class.test").header("cookie", &cookie);
            class.app.clone().oneshot(request.body(Body::empty()).expect("a request"))
        };
        class.runtime.block_on(async {
            let mut open = vec![];
            for _ in 0..most + 1 {
                let answer = ask().await.expect("infallible");
                assert_eq!(answer.status(), StatusCode::OK, "{path}");
                open.push(answer.into_body().into_data_stream());
            }
            // The first has given way, and says so; the second goes on.
            let mut cut = vec![];
            for stream in open.iter_mut().take(2) {
                let mut said = String::new();
                let wait = std::time::Duration::from_millis(200);
                while let Ok(Some(event)) = tokio::time::timeout(wait, stream.next()).await {
                    said += &String::from_utf8_lossy(&event.expect("bytes"));
                }
                cut.push(said.contains("event: cut"));
            }
            assert_eq!(cut, [true, false], "{path}");
        });
    }
}

#[test]
fn strangers_who_follow_the_wall_are_few_and_cut_nobody() {
    let class = Class::new("express-45min");
    let ask = |cookie: &str| {
        let request = Request::get("/projector/live").header("host", "class.test").header("cookie", cookie);
        class.app.clone().oneshot(request.body(Body::empty()).expect("a request"))
    };
    let wall = class.wall();
    class.runtime.block_on(async {
        let own = ask(&wall).await.expect("infallible");
        let mut own = own.into_body().into_data_stream();
        let mut open = vec![];
        for i in 0..3 * STRANGERS_MAX.0 {
            let answer = ask("").await.expect("infallible");
            let taken = answer.status() == StatusCode::OK;
            assert_eq!(taken, i < STRANGERS_MAX.0, "{i}: {}", answer.status());
            open.extend(taken.then(|| answer.into_body().into_data_stream()));
        }
        let mut said = String::new();
        let wait = std::time::Duration::from_millis(200);
        while let Ok(Some(event)) = tokio::time::timeout(wait, own.next()).await {
            said += &String::from_utf8_lossy(&event.expect("bytes"));
        }
        assert!(said.contains("event: view") && !said.contains("event: cut"), "{said}");
        drop(open);
        assert_eq!(ask("").await.expect("infallible").status(), StatusCode::OK, "there is room again");
    });
}

#[test]
fn cookies_are_unseen_by_scripts_and_name_the_session() {
    let class = Class::new("express-45min");
    let answer = class.post("/join", "", &format!("code={}&nick=A", class.code()));
    assert!(answer.head.contains("HttpOnly") && answer.head.contains("SameSite=Lax"));
    let session = class.hall.lock().state.session.clone();
    assert!(answer.cookie.expect("a cookie").starts_with(&format!("s_{session}=")));
    let csp = "default-src 'self'";
    for path in ["/", "/projector", "/none", "/app.css"] {
        assert!(class.get(path, "").head.contains(csp), "{path}");
    }
    for page in ["/", "/projector", "/teach"] {
        let body = class.get(page, "").body;
        assert!(!body.contains("style=") && !body.contains("onclick") && !body.contains("http://www.google"), "{page}");
    }
}

#[test]
fn a_wiped_class_is_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("class.db").to_str().expect("UTF-8").to_string();
    let log = Log::open(&file).expect("a log");
    let opening = Opening { file: Some(file.clone()), ..opening(lesson("express-45min"), log, Arc::new(|| 5)) };
    let (hall, _) = Hall::open(opening).expect("opened");
    assert!(std::path::Path::new(&file).exists());
    hall.wipe().expect("wiped");
    for end in ["", "-wal", "-shm"] {
        assert!(!std::path::Path::new(&format!("{file}{end}")).exists(), "{end}");
    }
    let class = Class::new("express-45min");
    let (student, teacher) = (class.join("A"), class.teacher());
    assert_eq!(class.post("/console/wipe", &teacher, "text=WIPE").status, StatusCode::OK);
    assert_eq!(class.get("/play", &student).status, StatusCode::SEE_OTHER);
    assert_eq!(class.get("/console", &teacher).status, StatusCode::NOT_FOUND);
    assert_eq!(class.get("/projector", "").status, StatusCode::OK);
    assert!(class.post("/join", "", "code=&nick=A").status.is_client_error());
}
