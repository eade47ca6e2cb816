//! Building a world: rows and systems are declared here by the mechanisms, then spawned once.

use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{LogLevel, ScheduleBuildSettings, ScheduleConfigs, SingleThreadedExecutor};
use bevy_ecs::system::ScheduleSystem;

use super::columns::{Columns, Typed};
use super::orders::Orders;
use super::phase::{After, Phase};
use super::rows::{RowKind, Value};
use super::setup::Setup;

/// A world and its schedule while mechanisms are being installed.
pub struct Build<'a> {
    /// What the scenario says, compiled.
    pub setup: &'a Setup,
    pub(super) world: World,
    pub(super) schedule: Schedule,
    pub(super) columns: Columns,
    systems: Vec<(Phase, &'static str)>,
}

impl<'a> Build<'a> {
    /// An empty world.
    pub fn new(setup: &'a Setup) -> Self {
        let mut schedule = Schedule::default();
        schedule.set_executor(SingleThreadedExecutor::new()); // a cohort is small; batches run cohorts side by side
        schedule.set_build_settings(ScheduleBuildSettings {
            ambiguity_detection: LogLevel::Error,
            auto_insert_apply_deferred: false,
            ..Default::default()
        });
        Build { setup, world: World::new(), schedule, columns: Columns::default(), systems: vec![] }
    }

    /// Declares components; rows of their kinds will have them.
    pub fn rows<T: RowSet>(&mut self) {
        T::declare(self);
    }

    /// Adds a system to a phase. Its name is for the list of what runs.
    pub fn system<M>(&mut self, phase: Phase, name: &'static str, system: impl IntoScheduleConfigs<ScheduleSystem, M>) {
        let configs: ScheduleConfigs<ScheduleSystem> = system.into_configs();
        self.schedule.add_systems(configs.in_set(phase).run_if(move |orders: Res<Orders>| orders.runs(phase)));
        self.systems.push((phase, name));
    }

    /// Adds a system to the end of a phase.
    pub fn after<M>(&mut self, phase: Phase, name: &'static str, system: impl IntoScheduleConfigs<ScheduleSystem, M>) {
        let configs: ScheduleConfigs<ScheduleSystem> = system.into_configs();
        self.schedule.add_systems(configs.in_set(After(phase)).run_if(move |orders: Res<Orders>| orders.runs(phase)));
        self.systems.push((phase, name));
    }

    /// The systems added so far.
    pub fn systems(&self) -> &[(Phase, &'static str)] {
        &self.systems
    }

    /// The schedule, for the order of phases.
    pub fn schedule(&mut self) -> &mut Schedule {
        &mut self.schedule
    }

    fn one<T: Value>(&mut self) {
        if self.columns.has::<T>() {
            return;
        }
        self.world.register_required_components::<T::Kind, T>();
        self.columns.add(<T::Kind as RowKind>::OF, Typed::<T>::new(&mut self.world));
    }

    /// The names of what was added, to hand on.
    pub(super) fn take(self) -> (World, Schedule, Columns, Vec<(Phase, &'static str)>) {
        (self.world, self.schedule, self.columns, self.systems)
    }
}

/// A tuple of components to declare.
pub trait RowSet {
    /// Declares them.
    fn declare(b: &mut Build);
}
macro_rules! row_sets {
    ($($($name:ident)*;)*) => { $(
        impl<$($name: Value),*> RowSet for ($($name,)*) {
            fn declare(b: &mut Build) { $(b.one::<$name>();)* }
        }
    )* };
}
row_sets! { A; A B; A B C; A B C D; A B C D E; A B C D E F; A B C D E F G; A B C D E F G H; }
