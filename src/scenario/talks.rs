//! How sessions of talks may work: who opens, and what a side holds out for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Share, Stakes};

/// Who speaks first in a session.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Opener {
    /// A coin decides each session.
    #[default]
    Coin,
    /// The named party makes the first offer of all, and the right to offer alternates from there on.
    Alternate {
        /// The party that opens.
        first: String,
    },
}

/// What a party holds out for.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Reserve {
    /// The share of the best package that its leverage would get it by waiting.
    #[default]
    Share,
    /// The same share of a fixed sum.
    Fixed {
        /// The sum.
        stakes: Stakes,
    },
    /// A running mean of what it was offered.
    Learned {
        /// Weight of the newest offer.
        rate: Share,
    },
}
