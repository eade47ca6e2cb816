//! The command line.

fn main() {
    let path = std::env::args().nth(1).expect("file");
    let games: usize = std::env::args().nth(2).map_or(20000, |x| x.parse().expect("n"));
    let sets: Vec<String> = std::env::args().skip(3).collect();
    let (scenario, _) = summitry::scenario::load::load_as::<summitry::scenario::schema::Scenario>(&path, &summitry::cli::disk::open, &sets).unwrap_or_else(|e| { eprintln!("{}", e.explain(false)); std::process::exit(2) });
    let setup = summitry::round::prepare(scenario).unwrap();
    let n = 1024.min(games);
    let mut cohort = summitry::round::cohort(&setup, n);
    let key = summitry::world::dice::Key::of_seed(2025);
    let metrics = summitry::record::metrics::metrics(&setup);
    let mut sums = vec![(0.0, 0.0); metrics.len()];
    let mut classes = vec![0; summitry::record::metrics::classes(&setup).len()];
    let events = summitry::record::metrics::events(&setup);
    let mut ev = vec![0; events.len()];
    let mut room = Default::default();
    let mut lane = vec![];
    let mut first = 0;
    while first < games {
        cohort.load(key, first as u64);
        summitry::round::play(&mut cohort);
        summitry::record::metrics::class_lane(&mut cohort, &mut lane);
        for c in &lane { classes[*c as usize] += 1; }
        for (e, k) in events.iter().zip(&mut ev) { if cohort.lane(e.column, 0, &mut lane) { *k += lane.iter().filter(|x| **x > 0.0).count(); } }
        for (m, s) in metrics.iter().zip(&mut sums) {
            summitry::record::metrics::lane(&mut cohort, m.from, &mut room, &mut lane);
            for x in lane.iter().filter(|x| !x.is_nan()) { s.0 += x; s.1 += 1.0; }
        }
        first += n;
    }
    for (c, k) in summitry::record::metrics::classes(&setup).iter().zip(&classes) { println!("{c:20} {:.4}", *k as f64 / first as f64); }
    for (c, k) in events.iter().zip(&ev) { println!("{:20} {:.4}", c.name, *k as f64 / first as f64); }
    for (m, s) in metrics.iter().zip(&sums) { println!("{:30} {:10.4} n {}", m.name, s.0 / s.1, s.1); }
}
