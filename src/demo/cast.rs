//! Who plays in the demo.

use std::fmt::Write;

const FIRST_NAMES: &[&str] = &[
    "Aarav", "Mia", "Kofi", "Sofia", "Jonas", "Priya", "Mateo", "Hana", "Lukas", "Amara", "Noah", "Leila", "Elias",
    "Zoe", "Arjun", "Freya", "Tomás", "Ines", "Omar", "Clara", "Yuki", "David", "Nadia", "Felix", "Meera", "Oskar",
    "Lucía", "Ivan", "Ayla", "Samuel",
];
const LAST_NAMES: &[&str] = &[
    "Sharma",
    "Keller",
    "Mensah",
    "Rossi",
    "Lindqvist",
    "Nair",
    "García",
    "Tanaka",
    "Novak",
    "Okafor",
    "Martin",
    "Haddad",
    "Weber",
    "Silva",
    "Iyer",
    "Jensen",
    "Moreau",
    "Kaya",
    "Schmidt",
    "Petrov",
];

/// Teams of the demo. The manager leads the first two.
pub const TEAMS: [&str; 3] = ["Engineering", "Support", "Design"];

/// The code of the person at `index`: D001, D002, …
pub fn code(index: usize) -> String {
    format!("D{:03}", index + 1)
}

/// The name of the person at `index`; nobody shares it with one of the next few hundred.
pub fn name(index: usize) -> String {
    let first = FIRST_NAMES[index % FIRST_NAMES.len()];
    let last = LAST_NAMES[(index * 7 + index / FIRST_NAMES.len()) % LAST_NAMES.len()];
    let mut name = format!("{first} {last}");
    let round = index / (FIRST_NAMES.len() * LAST_NAMES.len());
    if round > 0 {
        write!(name, " {}", round + 1).expect("a string takes what is written");
    }
    name
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_wall_of_people_has_as_many_names() {
        let names = (0..100).map(name).collect::<HashSet<_>>();
        assert_eq!(names.len(), 100);
    }
}
