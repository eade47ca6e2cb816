//! Processor time, as this machine tells it: it is reported, and never reaches a result.

use crate::studies::tune::arena::Clocks;

fn nanoseconds(time: Result<std::time::Duration, std::io::Error>) -> u64 {
    time.map_or(0, |time| time.as_nanos() as u64)
}

/// The clocks of this machine.
pub fn clocks() -> Clocks {
    Clocks {
        program: || nanoseconds(cpu_time::ProcessTime::try_now().map(|t| t.as_duration())),
        thread: || nanoseconds(cpu_time::ThreadTime::try_now().map(|t| t.as_duration())),
    }
}
