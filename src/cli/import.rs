//! `import`: can a bargaining scenario of another program be played here?

use crate::error::Error;

use super::failure::{Exit, Failure, print_page, say};
use crate::command_line::CommandLine;
use crate::disk;
use crate::import::{Play, Scale, import};
use crate::scenario::limits::BARGAINING_ROUNDS_MAX;
use crate::units::Firmness;

/// Write a bargaining scenario of another program (NegMAS, GENIUS) as one of ours
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder of the scenario, or its files
    #[arg(required = true, value_name = "FOLDER_OR_FILES")]
    from: Vec<String>,
    /// The file to write; one that is there already is left alone
    #[arg(long, value_name = "FILE")]
    out: String,
    /// The two parties that bargain, where the folder has more, with a comma between; the first opens
    #[arg(long, value_name = "A,B", value_parser = both)]
    parties: Option<[String; 2]>,
    /// Whose reading of the numbers counts in files of GENIUS: `genius` divides evaluations by the highest of their
    /// issue and weights by their sum, `negmas` takes them as they are written
    #[arg(long, default_value = "genius", value_parser = scale)]
    scale: Scale,
    /// How many rounds are bargained: those files do not say
    #[arg(long, default_value_t = Play::default().rounds, value_parser = rounds, allow_hyphen_values = true)]
    rounds: u32,
    /// The exponent of both parties' concession curves: those files do not say
    #[arg(long, default_value_t = Play::default().exponent, value_parser = exponent, allow_hyphen_values = true)]
    exponent: f64,
}

fn exponent(text: &str) -> Result<f64, Error> {
    let x: f64 = text.parse().map_err(|_| Error::argument("an exponent is a number, such as 4 or 0.5"))?;
    Firmness::try_from(x).map(Firmness::get).map_err(|refusal| Error::of(refusal.code, refusal.text))
}

fn rounds(text: &str) -> Result<u32, Error> {
    let allowed = 1..=BARGAINING_ROUNDS_MAX;
    let found = text.parse().ok().filter(|n| allowed.contains(n));
    found.ok_or_else(|| {
        Error::argument(format!("a number of rounds is a whole number from 1 to {BARGAINING_ROUNDS_MAX}"))
    })
}

fn both(text: &str) -> Result<[String; 2], Error> {
    let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
    <[String; 2]>::try_from(names).map_err(|_| Error::argument("two parties bargain: name them as A,B"))
}

fn scale(text: &str) -> Result<Scale, Error> {
    match text {
        "genius" => Ok(Scale::Genius),
        "negmas" => Ok(Scale::Negmas),
        _ => Err(Error::argument("the scales are genius and negmas")),
    }
}

/// Reads, writes anew, and names on standard error what was left out.
pub fn run(args: Args) -> Result<Exit, Failure> {
    if !args.out.ends_with(".ron") {
        return Err(Failure::Wrong(format!("error: a scenario file ends in .ron: `--out {}.ron`?", args.out)));
    }
    let files = files(&args.from)?;
    let Args { rounds, exponent, parties, scale, .. } = args;
    let play = Play { rounds, exponent, parties, scale };
    let imported = import(&files, &|path| disk::bytes(path, disk::IMPORTED), &play).map_err(|problems| {
        let told: Vec<String> = problems.iter().map(|problem| format!("error: {problem}")).collect();
        Failure::Wrong(told.join("\n"))
    })?;
    disk::write_new(&args.out, &imported.scenario)?;
    for left_out in &imported.left_out {
        say(&format!("left out: {left_out}"));
    }
    print_page(&format!("{0} is written: ask `{1}`\n", args.out, CommandLine::new("check").word(&args.out)))?;
    Ok(0)
}

/// Folders by what stands in them, where a folder ends in `/`; files as they are.
fn files(from: &[String]) -> Result<Vec<String>, Failure> {
    let mut files = vec![];
    for name in from {
        if disk::is_folder(name) {
            files.extend(disk::all_in(name)?);
        } else {
            disk::bytes(name, disk::IMPORTED)?; // what is named must be there
            files.push(name.clone());
        }
    }
    Ok(files)
}
