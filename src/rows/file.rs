//! A file of rows: groups are encoded side by side and put into it in order; it appears whole or not at all.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::columns::Column;
use super::forms::Form;
use super::groups::Sink;
use crate::disk::Growing;
use crate::error::Error;

/// A file of rows that is being written.
pub struct Ordered<F: Form> {
    form: F,
    state: Mutex<State<F>>,
}

struct State<F: Form> {
    file: F::File,
    disk: Growing,
    /// What goes to the disk next.
    out: Vec<u8>,
    next: u64,
    waiting: BTreeMap<u64, F::Group>,
}

impl<F: Form> Ordered<F> {
    /// A new file whose first group is of this number.
    pub fn new(form: F, path: &str, first: u64) -> Result<Ordered<F>, Error> {
        let (mut disk, mut out) = (Growing::new(path)?, vec![]);
        let file = form.begin(&mut out)?;
        disk.add(&out)?;
        out.clear();
        Ok(Ordered { form, state: Mutex::new(State { file, disk, out, next: first, waiting: BTreeMap::new() }) })
    }
}

impl<F: Form> Sink for Ordered<F> {
    fn group(&self, number: u64, columns: Vec<Column>) -> Result<(), Error> {
        let group = self.form.encoded(&columns)?;
        drop(columns);
        let mut state = self.state.lock().map_err(|_| Error::ours("a worker failed"))?;
        let State { file, disk, out, next, waiting } = &mut *state;
        waiting.insert(number, group);
        while let Some(group) = waiting.remove(next) {
            self.form.put(file, group, out)?;
            disk.add(out)?;
            out.clear();
            *next += 1;
        }
        Ok(())
    }
}

/// A file of any form.
pub trait Written: Sink {
    /// Puts the file in its place.
    fn placed(self: Box<Self>) -> Result<(), Error>;
}

impl<F: Form> Written for Ordered<F> {
    fn placed(self: Box<Self>) -> Result<(), Error> {
        let State { file, mut disk, waiting, .. } =
            self.state.into_inner().map_err(|_| Error::ours("a worker failed"))?;
        if !waiting.is_empty() {
            return Err(Error::ours("some rows are missing"));
        }
        let mut out = vec![];
        self.form.end(file, &mut out)?;
        disk.add(&out)?;
        disk.placed()
    }
}
