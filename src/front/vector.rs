//! Games side by side for a learner.

use crate::environment::Vector;
use crate::error::Error;
use crate::ready::Ready;

impl Ready {
    /// Games side by side that stop where these parties have to decide, at their first question; from there on each goes by its
    /// place among those named. They are the games from 0 on
    /// under seed 0, until [`Vector::begin`] says otherwise.
    ///
    /// ```
    /// # use summitry::prelude::*;
    /// let ready = Draft::open("stockholm-2025").ready()?;
    /// let mut games = ready.vector(&["us"], 8)?;
    /// let levels = vec![0.0; 8 * games.actions().levers()]; // half-way, wherever something is offered
    /// while !games.is_over() {
    ///     let allowed = games.allowed(0);
    ///     let choices: Vec<usize> =
    ///         allowed.chunks(games.actions().list().len()).map(|of| of.iter().rposition(|may| *may).unwrap_or(0)).collect();
    ///     games.step(&choices, &levels)?;
    /// }
    /// assert!((0..8).all(|game| games.total("us", game).is_some_and(f64::is_finite)));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn vector(&self, parties: &[&str], games: usize) -> Result<Vector, Error> {
        let mut seats = vec![];
        for name in parties {
            let seat = super::party(self, name)?;
            if seats.contains(&seat) {
                return Err(Error::argument(format!("`{name}` is named twice")));
            }
            seats.push(seat);
        }
        if seats.is_empty() {
            return Err(Error::argument("no party is held from outside: name one, or both"));
        }
        Vector::new(self.setup(), &seats, games)
    }
}
