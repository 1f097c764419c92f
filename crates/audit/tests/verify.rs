//! Every way of tampering with a log is found, with the right exit code and place.

use proptest::prelude::*;
use shirma_audit::*;

const ORIGIN: &str = "shirma/test";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const START_MS: i64 = 1_700_000_000_000;

/// A log as it would lie in a database, one leaf an hour.
#[derive(Clone)]
struct Log {
    rows: Vec<(u64, Option<Vec<u8>>, Hash)>,
    head: Head,
}

impl Log {
    fn of(count: u64) -> Self {
        Self::told_by(count, |seq| format!("{seq}"))
    }

    fn told_by(count: u64, object: impl Fn(u64) -> String) -> Self {
        let mut frontier = Frontier::new();
        let mut rows = Vec::new();
        for seq in 0..count {
            let leaf = Leaf::new(
                START_MS + seq as i64 * DAY_MS / 24,
                Actor::new(ActorKind::Staff, "7"),
                Act::new("subject.reveal"),
                Object::new("subject", object(seq)),
            );
            let bytes = leaf.canonical(seq).expect("the leaf holds allowed words only");
            let hash = leaf_hash(&bytes);
            frontier.append(hash);
            rows.push((seq, Some(bytes), hash));
        }
        Self {
            rows,
            head: Head {
                size: count,
                root: frontier.root(),
            },
        }
    }

    fn root_at(&self, size: usize) -> Hash {
        let mut frontier = Frontier::new();
        self.rows[..size].iter().for_each(|row| drop(frontier.append(row.2)));
        frontier.root()
    }

    fn note(&self, size: usize, name: &str) -> NamedNote {
        let checkpoint = Checkpoint::new(ORIGIN, size as u64, self.root_at(size));
        NamedNote {
            name: name.into(),
            text: checkpoint
                .sign_first(&key(1))
                .expect("the origin is a key name")
                .to_text(),
        }
    }

    fn reseal_head(&mut self) {
        self.head = Head {
            size: self.rows.len() as u64,
            root: self.root_at(self.rows.len()),
        };
    }

    fn check(&self, checkpoints: Vec<NamedNote>, anchors: Vec<NamedNote>) -> Report {
        let evidence = Evidence {
            origin: ORIGIN.into(),
            keys: vec![KnownKey::new(ORIGIN, key(1).verifying_key()).expect("the origin is a key name")],
            checkpoints,
            anchors,
            max_anchor_gap_ms: MAX_ANCHOR_GAP_MS,
        };
        let mut verifier = Verifier::new(evidence);
        for (seq, bytes, hash) in &self.rows {
            verifier.row(Row {
                seq: *seq,
                bytes: bytes.as_deref(),
                hash: *hash,
            });
        }
        verifier.finish(self.head, START_MS + self.rows.len() as i64 * DAY_MS / 24)
    }
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn altered_at(seq: u64) -> Verdict {
    Verdict::Altered {
        first_bad_seq: seq,
        exact: true,
    }
}

#[test]
fn untouched_log_is_fine() {
    for size in [0, 1, 2, 50] {
        let log = Log::of(size);
        let report = log.check(
            vec![log.note(size as usize, "c")],
            vec![log.note(size as usize / 2, "a")],
        );
        assert_eq!((report.exit_code(), report.rows), (0, size));
        assert_eq!((report.checkpoints_matched, report.anchors_matched), (1, 1));
        assert_eq!(report.root, log.head.root);
    }
}

#[test]
fn cut_tail_is_missing_rows_while_the_head_remembers_and_a_rollback_when_it_does_not() {
    let mut log = Log::of(50);
    let anchor = log.note(45, "a.note");
    log.rows.truncate(40);
    let report = log.check(vec![], vec![anchor.clone()]);
    assert_eq!(
        report.findings,
        [
            altered_at(40),
            Verdict::Fork {
                note: "a.note".into(),
                size: 45
            }
        ]
    );
    log.reseal_head();
    let report = log.check(vec![], vec![anchor]);
    assert_eq!(
        report.findings,
        [Verdict::Fork {
            note: "a.note".into(),
            size: 45
        }]
    );
    assert_eq!(report.exit_code(), 3);
}

#[test]
fn whole_log_rewritten_with_the_stolen_key_is_a_fork_against_an_anchor() {
    let honest = Log::of(50);
    let forged = Log::told_by(50, |seq| if seq == 20 { "999".into() } else { format!("{seq}") });
    let local = vec![forged.note(30, "local")];
    assert_eq!(forged.check(local.clone(), vec![]).exit_code(), 0);
    let report = forged.check(local, vec![honest.note(10, "before"), honest.note(30, "after")]);
    assert_eq!(
        report.findings,
        [Verdict::Fork {
            note: "after".into(),
            size: 30
        }]
    );
    assert_eq!(report.anchors_matched, 1);
}

#[test]
fn row_rewritten_with_its_hash_is_narrowed_down_by_the_notes() {
    let honest = Log::of(50);
    let mut log = honest.clone();
    log.rows[20] = Log::told_by(50, |_| "999".into()).rows[20].clone();
    let report = log.check(vec![honest.note(16, "c16"), honest.note(32, "c32")], vec![]);
    assert_eq!(
        report.verdict(),
        &Verdict::Altered {
            first_bad_seq: 16,
            exact: false
        }
    );
    assert_eq!(report.exit_code(), 2);
}

#[test]
fn altered_head_is_found() {
    let mut log = Log::of(9);
    log.head.root.0[0] ^= 1;
    assert_eq!(log.check(vec![], vec![]).exit_code(), 2);
    log.reseal_head();
    log.head.size = 8;
    assert_eq!(log.check(vec![], vec![]).verdict(), &altered_at(8));
}

#[test]
fn weeks_without_an_anchor_are_a_gap() {
    let log = Log::of(24 * 20);
    let gap = |from_seq: u64, hours: i64| Verdict::AnchorGap {
        from_seq,
        gap_ms: hours * DAY_MS / 24,
    };
    assert_eq!(log.check(vec![], vec![]).findings, [gap(0, 24 * 20)]);
    assert_eq!(
        log.check(vec![log.note(100, "c")], vec![]).exit_code(),
        4,
        "a local note is no anchor"
    );
    let sparse = vec![log.note(100, "a"), log.note(400, "b")];
    assert_eq!(log.check(vec![], sparse).findings, [gap(100, 299)]);
    let dense = vec![log.note(150, "a"), log.note(310, "b"), log.note(400, "c")];
    assert_eq!(log.check(vec![], dense).exit_code(), 0);
}

#[test]
fn note_of_another_key_or_another_log_or_unreadable_is_a_bad_signature() {
    let log = Log::of(10);
    let checkpoint = Checkpoint::new(ORIGIN, 10, log.head.root);
    let mut strange = Checkpoint::new("shirma/other", 10, log.head.root)
        .sign_first(&key(1))
        .unwrap();
    strange.sign_also(ORIGIN, &key(1)).unwrap();
    for text in [
        checkpoint.sign_first(&key(2)).unwrap().to_text(),
        strange.to_text(),
        "nonsense".into(),
    ] {
        let report = log.check(vec![], vec![NamedNote { name: "x".into(), text }]);
        assert_eq!(report.findings, [Verdict::BadSignature { note: "x".into() }]);
        assert_eq!(report.exit_code(), 5);
    }
}

#[test]
fn altered_row_number_is_found_even_where_the_body_is_pruned() {
    let mut log = Log::of(20);
    log.rows[12].0 = 13;
    assert_eq!(log.check(vec![], vec![]).verdict(), &altered_at(12));
    let mut pruned = Log::of(20);
    pruned.rows[..5].iter_mut().for_each(|row| row.1 = None);
    pruned.rows[3].0 = 4;
    assert_eq!(pruned.check(vec![], vec![]).verdict(), &altered_at(3));
}

#[test]
fn only_the_oldest_bodies_may_be_pruned() {
    let mut log = Log::of(20);
    log.rows[..5].iter_mut().for_each(|row| row.1 = None);
    let report = log.check(vec![log.note(20, "c")], vec![]);
    assert_eq!((report.exit_code(), report.pruned), (0, 5));
    log.rows[9].1 = None;
    assert_eq!(log.check(vec![], vec![]).verdict(), &altered_at(9));
}

proptest! {
    #[test]
    fn any_flipped_bit_of_any_row_is_found_at_its_place(
        count in 1u64..40, row in any::<prop::sample::Index>(), byte in any::<prop::sample::Index>(), bit in 0u8..8,
    ) {
        let mut log = Log::of(count);
        let seq = row.index(count as usize);
        let bytes = log.rows[seq].1.as_mut().unwrap();
        let place = byte.index(bytes.len());
        bytes[place] ^= 1 << bit;
        let report = log.check(vec![], vec![]);
        prop_assert_eq!(report.verdict(), &altered_at(seq as u64));
        prop_assert_eq!(report.exit_code(), 2);
    }

    #[test]
    fn any_flipped_bit_of_any_stored_hash_is_found(count in 1u64..40, row in any::<prop::sample::Index>(), bit in 0usize..256) {
        let mut log = Log::of(count);
        let seq = row.index(count as usize);
        log.rows[seq].2.0[bit / 8] ^= 1 << (bit % 8);
        let report = log.check(vec![], vec![]);
        prop_assert_eq!(report.verdict(), &altered_at(seq as u64));
    }

    #[test]
    fn removed_doubled_and_swapped_rows_are_found(
        count in 2u64..40, first in any::<prop::sample::Index>(), second in any::<prop::sample::Index>(),
    ) {
        let log = Log::of(count);
        let (first, second) = (first.index(count as usize), second.index(count as usize));
        let mut removed = log.clone();
        removed.rows.remove(first);
        let report = removed.check(vec![], vec![]);
        prop_assert_eq!(report.verdict(), &altered_at(first as u64));
        let mut doubled = log.clone();
        doubled.rows.insert(first, log.rows[first].clone());
        let report = doubled.check(vec![], vec![]);
        prop_assert_eq!(report.verdict(), &altered_at(first as u64 + 1));
        if first != second {
            let mut swapped = log.clone();
            swapped.rows.swap(first, second);
            let report = swapped.check(vec![], vec![]);
            prop_assert_eq!(report.verdict(), &altered_at(first.min(second) as u64));
            // Even when the numbers of the rows are put right afterwards.
            for (seq, row) in swapped.rows.iter_mut().enumerate() {
                row.0 = seq as u64;
            }
            swapped.reseal_head();
            let report = swapped.check(vec![], vec![]);
            prop_assert_eq!(report.verdict(), &altered_at(first.min(second) as u64));
        }
    }
}
