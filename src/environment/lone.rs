//! One game at a table, as a player of many games sees it.

use super::actions::Actions;
use super::layout::Layout;
use super::observe::fill;
use super::player::Choice;
use super::vector::stands;
use crate::error::Error;
use crate::game::outside::Asking;
use crate::game::sight::Sight;
use crate::world::orders::Order;
use crate::world::setup::Setup;

/// What is seen at a table, and what may be done there.
#[derive(Debug, Clone)]
pub struct Lone {
    /// What is observed.
    pub layout: Layout,
    /// What may be done.
    pub actions: Actions,
}

impl Lone {
    /// Of a scenario.
    pub fn of(setup: &Setup) -> Lone {
        Lone { layout: Layout::of(setup), actions: Actions::of(setup) }
    }

    /// What the seat that is asked sees and may do.
    pub fn look(&self, asking: &Asking) -> Result<(Vec<f32>, Vec<bool>), Error> {
        let (games, question) = asking.at()?;
        let (mut seen, mut allowed) = (vec![0.0; self.layout.width()], vec![false; self.actions.list().len()]);
        let sight = Sight::new(games, question.at.party);
        fill(&self.layout.from, sight, games.setup().rounds, &[0], &[Some(question.clone())], &mut seen);
        stands(games, 0, |stands| self.actions.mask(question, stands, &mut allowed));
        Ok((seen, allowed))
    }

    /// What a choice says there.
    pub fn order(&self, asking: &Asking, choice: &Choice) -> Result<Order, Error> {
        let (games, question) = asking.at()?;
        stands(games, 0, |stands| self.actions.said(question, stands, choice))
    }
}
