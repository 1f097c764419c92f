//! Checking a whole log against itself and against the notes that others keep.
//!
//! Rows are fed one after another, so memory does not grow with the log. Notes come first, because each is
//! compared at the moment when the tree has its size. Nothing is repaired and nothing is trusted but the keys.
//!
//! A row that was rewritten together with its hash is found by the root; its exact place is then unknown, and the
//! verdict names the earliest one possible: the size up to which a signed note still agrees. A stored subtree that its
//! leaves do not give is found at its first leaf: proofs are made of subtrees, and a wrong one would make them lie.

use crate::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::frontier::{Frontier, Node};
use crate::hash::{Hash, leaf_hash};
use crate::leaf::seq_and_time;
use crate::note::KnownKey;

/// Longest time a leaf may wait until a copy of a checkpoint covers it: 7 days, after which the state is red.
pub const MAX_ANCHOR_GAP_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// A signed note and where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedNote {
    /// File name or row number, repeated in the verdict.
    pub name: String,
    /// Text of the note.
    pub text: String,
}

/// What the rows are checked against.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Origin of the log: `shirma/<installation>`.
    pub origin: String,
    /// Keys whose signatures count.
    pub keys: Vec<KnownKey>,
    /// Notes stored beside the log.
    pub checkpoints: Vec<NamedNote>,
    /// Copies of notes held by others.
    pub anchors: Vec<NamedNote>,
    /// Longest time a leaf may stay without an anchor; usually [`MAX_ANCHOR_GAP_MS`].
    pub max_anchor_gap_ms: i64,
}

/// One stored row.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its stored number.
    pub seq: u64,
    /// Its stored bytes; `None` when the body was pruned. Only the oldest rows may be pruned.
    pub bytes: Option<&'a [u8]>,
    /// Its stored leaf hash.
    pub hash: Hash,
}

/// The stored head of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of leaves.
    pub size: u64,
    /// Root over them.
    pub root: Hash,
}

/// One finding. The order of the variants is the order of gravity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A row is altered, missing, doubled or out of order, or the head does not fit the rows.
    Altered {
        /// The first bad row; when not exact, the earliest row that can be bad.
        first_bad_seq: u64,
        /// Whether the place is exact.
        exact: bool,
    },
    /// The log contradicts a valid note: it was forked, rewritten or rolled back.
    Fork {
        /// The note.
        note: String,
        /// Size the note speaks of.
        size: u64,
    },
    /// A note is unreadable, of another log, or not signed by a known key.
    BadSignature {
        /// The note.
        note: String,
    },
    /// Leaves stayed without an anchor for too long.
    AnchorGap {
        /// First leaf that was not covered.
        from_seq: u64,
        /// How long, in milliseconds.
        gap_ms: i64,
    },
    /// Nothing found.
    Fine,
}

impl Verdict {
    /// Exit code of `shirma audit verify`.
    pub fn exit_code(&self) -> u8 {
        match self {
            Verdict::Fine => 0,
            Verdict::Altered { .. } => 2,
            Verdict::Fork { .. } => 3,
            Verdict::AnchorGap { .. } => 4,
            Verdict::BadSignature { .. } => 5,
        }
    }
}

/// The outcome of a whole check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// All findings, the gravest first; never empty.
    pub findings: Vec<Verdict>,
    /// Rows that were in order.
    pub rows: u64,
    /// Rows whose bodies are pruned.
    pub pruned: u64,
    /// Root over the rows.
    pub root: Hash,
    /// Valid checkpoints that agree with the rows.
    pub checkpoints_matched: usize,
    /// Valid anchors that agree with the rows.
    pub anchors_matched: usize,
}

impl Report {
    /// The gravest finding.
    pub fn verdict(&self) -> &Verdict {
        self.findings.first().unwrap_or(&Verdict::Fine)
    }

    /// Exit code of the gravest finding.
    pub fn exit_code(&self) -> u8 {
        self.verdict().exit_code()
    }
}

/// Checks rows as they come.
///
/// ```
/// use shirma_audit::{Evidence, Frontier, Head, Row, Verifier, Verdict, leaf_hash};
/// # use shirma_audit::{Act, Actor, ActorKind, Leaf, MAX_ANCHOR_GAP_MS, Object};
/// # let evidence = Evidence { origin: "shirma/demo".into(), keys: vec![], checkpoints: vec![], anchors: vec![],
/// #     max_anchor_gap_ms: MAX_ANCHOR_GAP_MS };
/// # let leaf = Leaf::new(0, Actor::new(ActorKind::System, "1"), Act::new("program.start"), Object::new("program", "1"));
/// # let bytes = leaf.canonical(0)?;
/// let mut verifier = Verifier::new(evidence);
/// verifier.row(Row { seq: 0, bytes: Some(&bytes), hash: leaf_hash(&bytes) });
/// let head = Head { size: 1, root: leaf_hash(&bytes) };
/// assert_eq!(verifier.finish(head, 1_000).exit_code(), 0);
/// # Ok::<(), shirma_audit::Error>(())
/// ```
#[derive(Debug)]
pub struct Verifier {
    frontier: Frontier,
    claims: Vec<Claim>,
    next_claim: usize,
    findings: Vec<Verdict>,
    first_bad_seq: Option<u64>,
    pruned: u64,
    first_at_ms: Option<i64>,
    last_at_ms: Option<i64>,
    max_anchor_gap_ms: i64,
    /// Complete subtrees above the leaves since the stored ones were last compared.
    completed: Vec<Node>,
    /// Whether the caller compares them; without one they are not gathered.
    compares_nodes: bool,
    /// Something stored about the whole tree is not that of the rows.
    misfits: bool,
}

/// A valid note, waiting for the tree to reach its size.
#[derive(Debug)]
struct Claim {
    note: String,
    is_anchor: bool,
    checkpoint: Checkpoint,
    agrees: bool,
    /// Times of the last leaf it covers and of the first one it does not.
    covered_until_ms: Option<i64>,
    uncovered_from_ms: Option<i64>,
}

impl Verifier {
    /// Reads the notes; those that cannot count are findings at once.
    pub fn new(evidence: Evidence) -> Self {
        let mut findings = Vec::new();
        let mut claims = Vec::new();
        let notes = evidence.checkpoints.iter().map(|note| (note, false));
        for (note, is_anchor) in notes.chain(evidence.anchors.iter().map(|note| (note, true))) {
            match read_note(note, &evidence) {
                Some(checkpoint) => claims.push(Claim {
                    note: note.name.clone(),
                    is_anchor,
                    checkpoint,
                    agrees: false,
                    covered_until_ms: None,
                    uncovered_from_ms: None,
                }),
                None => findings.push(Verdict::BadSignature {
                    note: note.name.clone(),
                }),
            }
        }
        claims.sort_by_key(|claim| claim.checkpoint.size);
        Self {
            frontier: Frontier::new(),
            claims,
            next_claim: 0,
            findings,
            first_bad_seq: None,
            pruned: 0,
            first_at_ms: None,
            last_at_ms: None,
            max_anchor_gap_ms: evidence.max_anchor_gap_ms,
            completed: Vec::new(),
            compares_nodes: false,
            misfits: false,
        }
    }

    /// From here on subtrees are gathered for [`stored_nodes`](Self::stored_nodes), which then follows a page of rows.
    pub fn comparing_nodes(mut self) -> Self {
        self.compares_nodes = true;
        self
    }

    /// Takes the next row. After the first bad one the rest is passed over: nothing behind it can be judged.
    pub fn row(&mut self, row: Row<'_>) {
        if self.first_bad_seq.is_some() {
            return;
        }
        let seq = self.frontier.size();
        let Some(at_ms) = self.time_of_good_row(&row, seq) else {
            self.first_bad_seq = Some(seq);
            self.findings.push(Verdict::Altered {
                first_bad_seq: seq,
                exact: true,
            });
            return;
        };
        self.compare_claims(at_ms);
        if seq == 0 {
            self.first_at_ms = at_ms;
        }
        self.last_at_ms = at_ms;
        self.pruned += u64::from(row.bytes.is_none());
        let completed = self.frontier.append(row.hash);
        if self.compares_nodes {
            self.completed
                .extend(completed.into_iter().filter(|node| node.level > 0));
        }
    }

    /// Compares the stored subtrees that the rows since the last call completed, in any order.
    pub fn stored_nodes(&mut self, mut stored: Vec<Node>) {
        let mut completed = std::mem::take(&mut self.completed);
        if self.first_bad_seq.is_some() {
            return;
        }
        let place = |node: &Node| (node.level, node.index);
        stored.sort_by_key(place);
        completed.sort_by_key(place);
        let find = |nodes: &[Node], node: &Node| nodes.binary_search_by_key(&place(node), place).map(|at| nodes[at]);
        let missing = completed.iter().filter(|node| find(&stored, node) != Ok(**node));
        let surplus = stored.iter().filter(|node| find(&completed, node).is_err());
        let bad: Vec<Node> = missing.chain(surplus).copied().collect();
        // What is wrong below makes everything above it wrong: the smallest wrong subtrees are the place.
        let covers = |above: &Node, below: &Node| {
            above.level > below.level
                && below.index.checked_shr(u32::from(above.level - below.level)) == Some(above.index)
        };
        let smallest = bad.iter().filter(|node| !bad.iter().any(|other| covers(node, other)));
        let first_leaf = |node: &Node| node.index.checked_shl(u32::from(node.level)).unwrap_or(u64::MAX);
        if let Some(first_bad_seq) = smallest.map(first_leaf).min() {
            self.suspect(first_bad_seq);
        }
    }

    /// Compares how many subtrees are stored with how many the rows have, after the last of them.
    pub fn stored_node_count(&mut self, stored: u64) {
        let size = self.frontier.size();
        self.misfits |= size - u64::from(size.count_ones()) != stored;
    }

    /// Compares the stored growing edge of the tree with that of the rows, after the last of them.
    pub fn stored_frontier(&mut self, stored: &[u8]) {
        let empty = self.frontier.size() == 0 && stored.is_empty();
        self.misfits |= !empty && self.frontier.to_bytes() != stored;
    }

    /// Something does not fit the rows as a whole; up to the newest valid note that agrees they are in order.
    fn suspect_unsigned_part(&mut self) {
        let agreed = self.claims.iter().filter(|claim| claim.agrees);
        self.suspect(agreed.map(|claim| claim.checkpoint.size).max().unwrap_or(0));
    }

    /// From `first_bad_seq` on something is wrong; a place found before says it better.
    fn suspect(&mut self, first_bad_seq: u64) {
        let is_placed = |verdict: &Verdict| matches!(verdict, Verdict::Altered { .. });
        if !self.findings.iter().any(is_placed) {
            self.findings.push(Verdict::Altered {
                first_bad_seq,
                exact: false,
            });
        }
    }

    /// Ends the check with the stored head; `now_ms` tells how long the newest leaves wait for an anchor.
    pub fn finish(mut self, head: Head, now_ms: i64) -> Report {
        let (rows, root) = (self.frontier.size(), self.frontier.root());
        if self.first_bad_seq.is_none() {
            self.compare_claims(None);
            self.judge_head(head, rows, root);
            self.judge_claims(rows);
            self.judge_gaps(rows, now_ms);
        }
        let matched = |anchors: bool| {
            self.claims
                .iter()
                .filter(|c| c.agrees && c.is_anchor == anchors)
                .count()
        };
        let (checkpoints_matched, anchors_matched) = (matched(false), matched(true));
        self.findings.sort();
        self.findings.dedup();
        if self.findings.is_empty() {
            self.findings.push(Verdict::Fine);
        }
        let Self { findings, pruned, .. } = self;
        Report {
            findings,
            rows,
            pruned,
            root,
            checkpoints_matched,
            anchors_matched,
        }
    }

    /// Outer `None`: the row is bad. Inner `None`: the row is pruned and its time unknown.
    fn time_of_good_row(&self, row: &Row<'_>, seq: u64) -> Option<Option<i64>> {
        if row.seq != seq {
            return None;
        }
        let Some(bytes) = row.bytes else {
            return (self.pruned == seq).then_some(None);
        };
        let (written_seq, at_ms) = seq_and_time(bytes)?;
        (written_seq == seq && leaf_hash(bytes) == row.hash).then_some(Some(at_ms))
    }

    /// Compares the notes that speak of the tree as it is now, before the next leaf (made at `next_at_ms`).
    fn compare_claims(&mut self, next_at_ms: Option<i64>) {
        let size = self.frontier.size();
        while let Some(claim) = self
            .claims
            .get_mut(self.next_claim)
            .filter(|c| c.checkpoint.size == size)
        {
            claim.agrees = claim.checkpoint.root == self.frontier.root();
            claim.covered_until_ms = self.last_at_ms;
            claim.uncovered_from_ms = next_at_ms;
            self.next_claim += 1;
        }
    }

    fn judge_head(&mut self, head: Head, rows: u64, root: Hash) {
        if head.size != rows {
            self.findings.push(Verdict::Altered {
                first_bad_seq: head.size.min(rows),
                exact: true,
            });
        } else if head.root != root || self.misfits {
            self.suspect_unsigned_part();
        }
    }

    fn judge_claims(&mut self, rows: u64) {
        let forks = self
            .claims
            .iter()
            .filter(|claim| claim.checkpoint.size > rows || !claim.agrees);
        let forks = forks.map(|claim| Verdict::Fork {
            note: claim.note.clone(),
            size: claim.checkpoint.size,
        });
        self.findings.extend(forks);
    }

    /// A leaf is covered by the first anchor after it. The time of an anchor is that of its last leaf at least.
    fn judge_gaps(&mut self, rows: u64, now_ms: i64) {
        let (mut from_seq, mut from_ms) = (0, self.first_at_ms);
        let mut gaps = Vec::new();
        let mut note_gap = |from_seq: u64, from_ms: Option<i64>, until_ms: Option<i64>| {
            let gap_ms = from_ms
                .zip(until_ms)
                .map_or(0, |(from, until)| until.saturating_sub(from));
            if gap_ms > self.max_anchor_gap_ms {
                gaps.push(Verdict::AnchorGap { from_seq, gap_ms });
            }
        };
        for anchor in self.claims.iter().filter(|claim| claim.is_anchor && claim.agrees) {
            if anchor.checkpoint.size > from_seq {
                note_gap(from_seq, from_ms, anchor.covered_until_ms);
                (from_seq, from_ms) = (anchor.checkpoint.size, anchor.uncovered_from_ms);
            }
        }
        if from_seq < rows {
            note_gap(from_seq, from_ms, Some(now_ms));
        }
        self.findings.extend(gaps);
    }
}

fn read_note(note: &NamedNote, evidence: &Evidence) -> Option<Checkpoint> {
    let signed = SignedCheckpoint::parse(&note.text).ok()?;
    let checkpoint = signed.verify(&evidence.keys).ok()?;
    (checkpoint.origin == evidence.origin).then(|| checkpoint.clone())
}
