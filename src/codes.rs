//! Enums whose members and their table are one list, so that none can be left out: those that a component holds as a
//! number, and those with a name and a word about each.

/// Declares enums whose members are told apart by their place in the list.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$own:meta])* $member:ident,)* })*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $name { $($(#[$own])* $member,)* }

        impl $name {
            /// All of them, in the order of their numbers.
            pub const ALL: &[$name] = &[$($name::$member,)*];
            /// Its number, as a component holds it.
            #[inline]
            pub const fn number(self) -> f64 {
                self as u8 as f64
            }
            /// From its number.
            #[inline]
            pub fn of_number(x: f64) -> $name {
                Self::ALL[(x as usize).min(Self::ALL.len() - 1)]
            }
        }
    )* };
}

/// Declares an enum each of whose members has a name in files and something said about it, by the function named last.
macro_rules! named {
    ($(#[$doc:meta])* $enum:ident, $(#[$about_doc:meta])* $about:ident: $($member:ident = $name:literal: $said:literal;)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $enum { $(#[doc = concat!("`", $name, "`: ", $said, ".")] $member,)* }

        impl $enum {
            /// All of them, in the order in which they are told.
            pub const ALL: &[$enum] = &[$($enum::$member,)*];
            /// Its name in a file.
            pub fn name(self) -> &'static str {
                match self { $($enum::$member => $name,)* }
            }
            $(#[$about_doc])*
            pub fn $about(self) -> &'static str {
                match self { $($enum::$member => $said,)* }
            }
        }
    };
}

/// A component that holds such a number.
pub trait Coded: Copy {
    /// The enum it stands for.
    type Code;
    /// What its number means.
    fn get(self) -> Self::Code;
    /// Whether it is this.
    fn is(self, code: Self::Code) -> bool;
    /// Makes it this.
    fn set(&mut self, code: Self::Code);
}
pub(crate) use {codes, named};

#[cfg(test)]
mod tests {
    codes! {
        /// What a test needs.
        Light {
            /// First.
            #[default]
            Red,
            /// Second.
            Green,
        }
    }

    #[test]
    fn a_member_comes_back_from_its_number() {
        for light in Light::ALL {
            assert_eq!(Light::of_number(light.number()), *light);
        }
        assert_eq!((Light::Green.number(), Light::default()), (1.0, Light::Red));
        assert_eq!(Light::of_number(7.0), Light::Green, "what is beyond the list is its last");
    }
}
