//! How much of everything.

/// Remote hosts; inboxes are spread over them.
pub const HOSTS: u32 = 200;

/// Counts that ticks of 10 ms don't matter for, and that end in a few minutes on two cores.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Inboxes of the three audiences.
    pub few: u32,
    pub many: u32,
    pub most: u32,
    /// Posts to the smallest audience: together as many deliveries as to the middle one.
    pub posts_to_few: u32,
    pub floor: u32,
    /// Keys that are cold at once, and how often that is measured.
    pub keys: u32,
    pub cold_rounds: u32,
    /// Inboxes of an audience a part of whose hosts hangs.
    pub hanging: u32,
    /// Runs that a median is taken of.
    pub runs: u32,
    /// Posts of the large agency's burst.
    pub burst: u32,
    /// The small agency's inboxes.
    pub small: u32,
}

impl Sizes {
    pub const FULL: Self = Self {
        few: 1_000,
        many: 20_000,
        most: 100_000,
        posts_to_few: 20,
        floor: 20_000,
        keys: 60,
        cold_rounds: 3,
        hanging: 4_000,
        runs: 5,
        burst: 50,
        small: 50,
    };

    pub const TRIAL: Self = Self {
        few: 200,
        many: 1_000,
        most: 3_000,
        posts_to_few: 3,
        floor: 2_000,
        keys: 6,
        cold_rounds: 1,
        hanging: 800,
        runs: 2,
        burst: 30,
        small: 20,
    };

    /// Accounts of the large agency that some part needs.
    pub fn accounts(&self) -> u32 {
        // One for warming up besides the cold keys; one for each run of each share of hanging hosts.
        (self.keys + 1).max(self.runs * 3).max(4)
    }
}
