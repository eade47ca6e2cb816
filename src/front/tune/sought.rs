//! What is sought, as it was asked for and from a file of moments.

use super::asked::Asked;
use crate::disk;
use crate::error::Error;
use crate::scenario::file_kind::MOMENTS;
use crate::scenario::load::{load_file, with_faults};
use crate::studies::tune::fit::Moments;
use crate::studies::tune::objective::{Aim, Objective, Penalty, Statistic, Toward};

/// What is sought.
pub fn objective(args: &Asked) -> Result<Objective, Error> {
    if let Some(file) = &args.fit {
        let (moments, loaded, unread) = load_file::<Moments>(&MOMENTS, &disk::with_shelf(file), &disk::open)?;
        let Some(moments) = moments else { return Err(loaded.wrong(unread).into()) };
        let faults = moments.faults();
        if !(faults.is_empty() && unread.is_empty()) {
            return Err(with_faults(&loaded, unread, faults).into());
        }
        return Ok(Objective { worst: args.worst, ..moments.objective() });
    }
    let (measure, toward) = match (&args.maximise, &args.minimise, &args.target) {
        (Some(name), _, _) => (name.clone(), Toward::More),
        (_, Some(name), _) => (name.clone(), Toward::Less),
        (_, _, Some(text)) => {
            let read = text.rsplit_once('=').and_then(|(name, x)| Some((name.trim(), x.trim().parse::<f64>().ok()?)));
            let (name, value) = read
                .filter(|(_, x)| x.is_finite())
                .ok_or_else(|| Error::argument(format!("`{text}` is no target: write NAME=VALUE, such as deal=0.4")))?;
            (name.to_owned(), Toward::Target { value, tolerance: None })
        }
        _ => {
            return Err(Error::argument(
                "nothing is sought\n  say --maximise NAME, --minimise NAME, --target NAME=VALUE, --fit FILE or --both",
            ));
        }
    };
    let statistic = match args.quantile {
        None => Statistic::Mean,
        Some(at) if (0.0..=1.0).contains(&at) => Statistic::Quantile { at },
        Some(at) => return Err(Error::argument(format!("a quantile lies at 0 to 1, found {at}"))),
    };
    let penalties = args.penalties.iter().map(|text| Penalty::read(text)).collect::<Result<_, _>>()?;
    Ok(Objective { aims: vec![Aim { measure, statistic, toward }], penalties, worst: args.worst })
}
